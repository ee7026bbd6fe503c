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
 * `max_pipeline: 0` sends nothing behind a query that is running, so that a slow one holds up nobody
 * who could have had the next free connection.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const settings = {
    max: options.poolSize,
    max_pipeline: 0,
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
      // Compiling a statement takes longer than any of ours runs.
      jit: 'off',
      // To start a helper takes longer, too, and the cores are there for other requests.
      max_parallel_workers_per_gather: '0',
      // What is rare in one category is half of another: the values decide how a list is read best.
      plan_cache_mode: 'force_custom_plan',
      // Storage without arms to move.
      random_page_cost: 1.1,
    },
  };
  return postgres(options.url, settings);
}

/** One connection to the same database beside the pool, kept open until it is ended. */
export function openSession({ options }: Database): Database {
  const settings = { ...options, max: 1, idle_timeout: 0, max_lifetime: null };
  return postgres<{ bigint: postgres.PostgresType<bigint> }>(settings as never);
}

/** Whether the database answers. */
export async function pingDatabase(database: Database): Promise<void> {
  await database`select 1`;
}

/** What the driver itself says of a connection that is gone. */
const DRIVER_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
]);

/** What a socket may fail with; files and pipes share some of these. */
const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

const CONNECTING = new Set<unknown>(['connect', 'getaddrinfo']);

/** SQLSTATE classes: 08 connection, 53 out of resources, 57P0 shutting down or starting, 57014 took too long. */
const UNAVAILABLE_STATES = /^(?:08|53|57P0|57014)/;

/** Whether an exception means that the database cannot be used right now, as opposed to a defect. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  const code = String(error.code);
  if (error instanceof postgres.PostgresError)
    return UNAVAILABLE_STATES.test(code) || isFatal(error);
  return DRIVER_CODES.has(code) || (SOCKET_CODES.has(code) && isOfConnection(error));
}

/** The connection could not be made, by any of the server's addresses, or was lost: then the driver adds the statement. */
function isOfConnection(error: Error): boolean {
  if ('query' in error) return true;
  const failures: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  return failures.some(
    (failure) =>
      failure instanceof Error && 'syscall' in failure && CONNECTING.has(failure.syscall),
  );
}

/** What the server calls fatal ends the connection or does not let it begin: shut out, dropped, or no longer welcome. */
function isFatal(error: postgres.PostgresError): boolean {
  return error.severity === 'FATAL';
}
