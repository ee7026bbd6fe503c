import { prepareCluster, type ClusterContext } from './cluster.ts';
import { lockDataFolder, type DataFolderLock } from './data-folder.lock.ts';
import { openDataFolder } from './data-folder.ts';
import { databaseUrl, ensureDatabase, requirePlainName } from './database.ts';
import { explainRefusal } from './embedded-postgres.errors.ts';
import { reachableBuild } from './native-build.copy.ts';
import { findNativeBuild } from './native-build.ts';
import { outwaitPreviousServer } from './postmaster-file.ts';
import { serverAccount } from './server-account.ts';
import { openServerLog, type ServerLog } from './server-log.ts';
import { startServer, type RunningServer } from './server.ts';

const DEFAULT_DATABASE = 'kastoma';
const LAST_LOG_LINES = 20;

export interface EmbeddedPostgresOptions {
  /** Made when it is missing. Holds the cluster, the server's log and the owner's lock. */
  readonly dataFolder: string;
  /** Created when it is missing; `kastoma` unless told otherwise. */
  readonly databaseName?: string;
  /** Settings of PostgreSQL, such as `{ fsync: 'off' }` for data that may be lost. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told what takes a while. */
  readonly log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  readonly url: string;
  readonly port: number;
  /** Whether this start made the cluster. */
  readonly firstStart: boolean;
  /** Settles when the server has ended, whether it was stopped or died. */
  readonly exited: Promise<EmbeddedPostgresExit>;
  /** Shuts down in order and waits for the end. May be called again, and after a death. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresExit {
  /** 0 after an orderly shutdown; 128 + n when signal n killed it. */
  readonly code: number;
  /** Whether `stop` had been called. */
  readonly stopped: boolean;
  readonly lastLogLines: readonly string[];
}

/**
 * Starts a PostgreSQL of its own on a data folder; resolves when it accepts connections.
 * The server ends with this process, however that ends, and does not keep it alive.
 *
 * @throws {EmbeddedPostgresUnavailable} when a person has to remedy something first.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  requirePlainName(options.databaseName ?? DEFAULT_DATABASE);
  const account = serverAccount();
  const installed = findNativeBuild();
  const folder = await openDataFolder(options.dataFolder);
  return await explainRefusal(folder.path, async () => {
    const lock = lockDataFolder(folder);
    try {
      const build = await reachableBuild(installed, account, options.log);
      return await startLocked(options, { build, folder, account }, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  });
}

async function startLocked(
  options: EmbeddedPostgresOptions,
  place: Pick<ClusterContext, 'build' | 'folder' | 'account'>,
  lock: DataFolderLock,
): Promise<EmbeddedPostgres> {
  const { databaseName = DEFAULT_DATABASE, settings = {}, log = () => undefined } = options;
  const serverLog = openServerLog(place.folder.log);
  const context = { ...place, settings, log: serverLog };
  try {
    const firstStart = await prepareCluster(context, log);
    await outwaitPreviousServer(place.folder, log);
    const server = await startServer(context);
    await ensureDatabase(server.port, databaseName).catch(async (error: unknown) => {
      await server.process.stop();
      throw error;
    });
    log(`PostgreSQL ${place.build.version} listens on 127.0.0.1:${server.port}.`);
    const url = databaseUrl(server.port, databaseName);
    return { url, port: server.port, firstStart, ...supervise(server, serverLog, lock) };
  } finally {
    serverLog.close();
  }
}

function supervise(
  { process: server }: RunningServer,
  log: ServerLog,
  lock: DataFolderLock,
): Pick<EmbeddedPostgres, 'exited' | 'stop'> {
  let stopping: Promise<void> | undefined;
  const exited = server.exited.then((code) => {
    lock.release();
    return { code, stopped: stopping !== undefined, lastLogLines: log.lastLines(LAST_LOG_LINES) };
  });
  const stop = async () => {
    await server.stop();
    await exited;
  };
  return { exited, stop: () => (stopping ??= stop()) };
}
