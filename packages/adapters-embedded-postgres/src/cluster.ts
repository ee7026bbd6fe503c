import { chmod, chown, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { DataFolder } from './data-folder.ts';
import {
  EmbeddedPostgresUnavailable,
  errorCode,
  SET_DATABASE_URL,
} from './embedded-postgres.errors.ts';
import { startGuarded } from './guarded-process.ts';
import type { NativeBuild } from './native-build.ts';
import type { ServerAccount } from './server-account.ts';
import type { ServerLog } from './server-log.ts';
import { settlesWithin } from './settles-within.ts';

const INITDB_PATIENCE = 120_000;

export const SUPERUSER = 'postgres';

/** Who runs which build on which folder, and where it logs. */
export interface ClusterContext {
  readonly build: NativeBuild;
  readonly folder: DataFolder;
  readonly account: ServerAccount | undefined;
  readonly settings: Readonly<Record<string, string>>;
  readonly log: ServerLog;
}

/**
 * Makes the cluster when there is none, else checks that this build and this user can
 * serve it. Returns whether it was made. The caller holds the lock of the data folder.
 */
export async function prepareCluster(
  context: ClusterContext,
  log: (line: string) => void,
): Promise<boolean> {
  await removeDrafts(context.folder);
  const found = await statOrNothing(context.folder.cluster);
  if (found === undefined) {
    log(`Creating a PostgreSQL cluster in ${context.folder.path}.`);
    await createCluster(context);
    return true;
  }
  const user = context.account?.uid ?? process.getuid?.();
  if (found.uid !== user) {
    throw new EmbeddedPostgresUnavailable(
      `The cluster in ${context.folder.path} belongs to user ${found.uid}, and PostgreSQL would run as user ${user}.`,
      'run as the user who made it, or set KASTOMA_DATA_DIR to another folder.',
    );
  }
  await requireSameMajor(context);
  return false;
}

/**
 * How a server program is told where its cluster is, with the cluster as its working
 * directory. Below root the account may not be able to walk the path to it (think of a
 * folder in /root): the link in /proc leads straight to the working directory.
 */
export function clusterArguments(cluster: string, account: ServerAccount | undefined): string[] {
  return ['-D', account === undefined ? cluster : '/proc/self/cwd'];
}

/** The cluster takes its name only when it is complete: a start cut short leaves a draft. */
async function createCluster(context: ClusterContext): Promise<void> {
  const { account, folder } = context;
  const draft = await mkdtemp(`${folder.cluster}.draft-`);
  if (account !== undefined) await chown(draft, account.uid, account.gid);
  await chmod(draft, 0o700);
  await runInitdb(context, draft);
  await rename(draft, folder.cluster);
  const parent = await open(folder.path);
  await parent.sync();
  await parent.close();
}

async function runInitdb(context: ClusterContext, draft: string): Promise<void> {
  const { build, account, log } = context;
  const initdb = await startGuarded(
    join(build.folder, 'bin', 'initdb'),
    [
      ...clusterArguments(draft, account),
      `--username=${SUPERUSER}`,
      '--auth=trust',
      '--encoding=UTF8',
      '--no-instructions',
      ...localeArguments(),
      ...(context.settings['fsync'] === 'off' ? ['--no-sync'] : []),
    ],
    { cwd: draft, account, output: log.descriptor },
  );
  const ended = await settlesWithin(initdb.exited, INITDB_PATIENCE);
  if (!ended) await initdb.stop();
  const code = await initdb.exited;
  if (ended && code === 0) return;
  throw new EmbeddedPostgresUnavailable(
    `initdb failed ${ended ? `with code ${code}` : `to end in ${INITDB_PATIENCE / 1000} seconds`} (${log.lastLines(3).join(' | ')}).`,
    `see ${log.path}, or ${SET_DATABASE_URL}`,
  );
}

function localeArguments(): string[] {
  if (process.platform === 'linux') return ['--locale=C.UTF-8'];
  // Not every macOS has a C.UTF-8 of its own: PostgreSQL's sorts the same everywhere.
  return ['--locale=en_US.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
}

async function removeDrafts(folder: DataFolder): Promise<void> {
  const prefix = `${basename(folder.cluster)}.draft-`;
  for (const name of await readdir(folder.path)) {
    if (!name.startsWith(prefix)) continue;
    // An initdb whose owner was killed may still be writing its last files there.
    await rm(join(folder.path, name), { recursive: true, maxRetries: 10 });
  }
}

async function requireSameMajor({ build, folder }: ClusterContext): Promise<void> {
  const major = build.version.split('.')[0];
  const found = await clusterMajor(folder.cluster);
  if (found === major) return;
  throw new EmbeddedPostgresUnavailable(
    found === undefined
      ? `${folder.cluster} is not a PostgreSQL cluster.`
      : `The cluster in ${folder.path} was made by PostgreSQL ${found}, and this is PostgreSQL ${major}.`,
    'move it away, set KASTOMA_DATA_DIR to another folder, or set DATABASE_URL to a server that has the data.',
  );
}

async function clusterMajor(cluster: string): Promise<string | undefined> {
  try {
    return (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function statOrNothing(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
