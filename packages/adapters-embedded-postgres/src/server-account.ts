import { EmbeddedPostgresUnavailable, SET_DATABASE_URL } from './embedded-postgres.errors.ts';

/** The account that PostgreSQL runs under when it is not the owner's own. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY: ServerAccount = { uid: 65534, gid: 65534 };

/**
 * PostgreSQL refuses to run as root: below root it runs as `nobody`.
 * Any other user runs it as himself, which is `undefined`.
 */
export function serverAccount(): ServerAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  // The way in to a folder below a private one (see `clusterArguments`) needs /proc.
  if (process.platform !== 'linux') {
    throw new EmbeddedPostgresUnavailable(
      `The embedded PostgreSQL cannot run as root on ${process.platform}.`,
      `run as an ordinary user, or ${SET_DATABASE_URL}`,
    );
  }
  return NOBODY;
}

/** PostgreSQL needs none of its owner's environment, and nothing secret belongs in it. */
export function serverEnvironment(): Record<string, string> {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' };
}
