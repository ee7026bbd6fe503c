export { startEmbeddedPostgres } from './embedded-postgres.ts';
export { EmbeddedPostgresUnavailable } from './embedded-postgres.errors.ts';
