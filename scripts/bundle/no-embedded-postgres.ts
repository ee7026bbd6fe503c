// Stands in the bundle where the embedded PostgreSQL stands elsewhere: production brings its own.

export class EmbeddedPostgresUnavailable extends Error {}

/** Refuses, as the embedded one does on a platform that has none. */
export async function startEmbeddedPostgres(): Promise<never> {
  throw new EmbeddedPostgresUnavailable(
    'DATABASE_URL: this build has no PostgreSQL inside, so the address of one is wanted.',
  );
}
