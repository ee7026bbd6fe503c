import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { clusterArguments, type ClusterContext } from './cluster.ts';
import { EmbeddedPostgresUnavailable, SET_DATABASE_URL } from './embedded-postgres.errors.ts';
import { findFreePort } from './free-port.ts';
import { startGuarded, type GuardedProcess } from './guarded-process.ts';
import { markArguments, readPostmasterFile } from './postmaster-file.ts';

const START_PATIENCE = 60_000;
const RETRY_PAUSE = 100;
/**
 * A lost race for the port, children of a killed server that are about to end, or the server of an owner who died
 * while it was starting: it was not seen before it wrote its lock file.
 */
const PASSING_OBSTACLES =
  /could not bind|could not create any TCP\/IP sockets|pre-existing shared memory block|lock file "postmaster\.pid" already exists/;

/** A server that accepts connections. */
export interface RunningServer {
  readonly process: GuardedProcess;
  readonly port: number;
}

/** Starts a server on a prepared cluster; resolves when it accepts connections. */
export async function startServer(context: ClusterContext): Promise<RunningServer> {
  const deadline = Date.now() + START_PATIENCE;
  for (;;) {
    const port = await findFreePort();
    const server = await startOnPort(context, port);
    const outcome = await waitUntilReady(context, server, deadline);
    if (outcome === 'ready') return { process: server, port };
    const lastLines = context.log.lastLines(5).join(' | ');
    if (outcome === 'late') {
      await server.stop();
      throw notStarted(context, `did not come up in ${START_PATIENCE / 1000} seconds`, lastLines);
    }
    if (!PASSING_OBSTACLES.test(lastLines) || Date.now() > deadline) {
      throw notStarted(context, 'ended while starting', lastLines);
    }
    await delay(RETRY_PAUSE);
  }
}

async function startOnPort(context: ClusterContext, port: number): Promise<GuardedProcess> {
  const { account, folder } = context;
  const settings = Object.entries(context.settings).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  return await startGuarded(
    join(context.build.folder, 'bin', 'postgres'),
    [
      ...settings,
      ...clusterArguments(folder.cluster, account),
      '-h127.0.0.1',
      `-p${port}`,
      '-k',
      '',
      ...markArguments(folder),
    ],
    { cwd: folder.cluster, account, output: context.log.descriptor },
  );
}

async function waitUntilReady(
  { folder }: ClusterContext,
  server: GuardedProcess,
  deadline: number,
): Promise<'ready' | 'ended' | 'late'> {
  const ended = server.exited.then(() => 'ended' as const);
  while (Date.now() < deadline) {
    const file = await readPostmasterFile(folder.cluster);
    if (file?.pid === server.pid && file.isReady) return 'ready';
    if ((await Promise.race([ended, delay(10)])) === 'ended') return 'ended';
  }
  return 'late';
}

function notStarted({ log }: ClusterContext, what: string, lastLines: string) {
  return new EmbeddedPostgresUnavailable(
    `The embedded PostgreSQL ${what} (${lastLines}).`,
    `see ${log.path}, or ${SET_DATABASE_URL}`,
  );
}
