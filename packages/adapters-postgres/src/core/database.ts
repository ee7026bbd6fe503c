import postgres from 'postgres';

type OwnTypes = { bigint: bigint };

/** The pool: for queries that need no transaction, and to begin one. */
export type Database = postgres.Sql<OwnTypes>;

/** What a repository is given: the pool or a transaction, and no way to begin another one. */
export type Queryable = postgres.ISql<OwnTypes>;

export type DatabaseOptions = {
  readonly url: string;
  readonly poolSize: number;
  /** What the server's list of activity calls this process. */
  readonly applicationName: string;
};

/** While the database is gone requests are told so at once, and it is found as soon as it is back; the driver would wait up to 20 s. */
const RECONNECT_PAUSE_SECONDS = 0.1;

/**
 * Opens a pool; connections are made when they are needed.
 * `max_pipeline: 1` keeps a slow query from holding up those queued behind it
 * on the same connection while others are idle.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const settings = {
    max: options.poolSize,
    max_pipeline: 1,
    connect_timeout: 10,
    idle_timeout: 60,
    backoff: () => RECONNECT_PAUSE_SECONDS,
    types: { bigint: postgres.BigInt },
    onnotice: () => undefined,
    connection: {
      application_name: options.applicationName,
      TimeZone: 'UTC',
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  };
  return postgres(options.url, settings);
}

/** Whether the database answers. */
export async function pingDatabase(database: Database): Promise<void> {
  await database`select 1`;
}

const UNAVAILABLE = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** SQLSTATE classes: 08 connection, 53 out of resources, 57P0 shutting down or starting, 57014 took too long. */
const UNAVAILABLE_STATES = /^(?:08|53|57P0|57014)/;

/** Whether an exception means that the database cannot be used right now, as opposed to a defect. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  const code = String(error.code);
  return UNAVAILABLE.has(code) || UNAVAILABLE_STATES.test(code) || isFatal(error);
}

/** What the server calls fatal ends the connection or does not let it begin: shut out, dropped, or no longer welcome. */
function isFatal(error: Error): boolean {
  return error instanceof postgres.PostgresError && error.severity === 'FATAL';
}
