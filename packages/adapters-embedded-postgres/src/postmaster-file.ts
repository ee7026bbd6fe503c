import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { readCommandLine } from './command-line.ts';
import type { DataFolder } from './data-folder.ts';
import { EmbeddedPostgresUnavailable, errorCode } from './embedded-postgres.errors.ts';

const PREVIOUS_SERVER_PATIENCE = 20_000;
const STATUS_LINE = 7;
const MARK = 'kastoma.data_folder=';

/** What a server writes about itself into its cluster. */
export interface PostmasterFile {
  readonly pid: number;
  readonly isReady: boolean;
}

/** Reads the `postmaster.pid` of a cluster, if it has one. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const lines = await readLines(join(cluster, 'postmaster.pid'));
  if (lines === undefined) return undefined;
  // A server in single-user mode writes its number with a minus sign.
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  return { pid, isReady: lines[STATUS_LINE]?.trim() === 'ready' };
}

/** Marks a server's command line with its folder. It has to come last. */
export function markArguments(folder: DataFolder): string[] {
  return ['-c', `${MARK}${folder.path}`];
}

/**
 * Waits for the server of an owner who died: it is shutting down by itself. What it left
 * behind after a `kill -9` is cleared away, even if its number is now another program's.
 * The caller holds the lock of the data folder.
 */
export async function outwaitPreviousServer(
  folder: DataFolder,
  log: (line: string) => void,
): Promise<void> {
  const deadline = Date.now() + PREVIOUS_SERVER_PATIENCE;
  for (let isFirstLook = true; ; isFirstLook = false) {
    const file = await readPostmasterFile(folder.cluster);
    if (file === undefined) return;
    const commandLine = await readCommandLine(file.pid);
    if (!servesFolder(commandLine, folder)) break;
    if (isFirstLook) log(`Waiting for the previous PostgreSQL (process ${file.pid}) to shut down.`);
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresUnavailable(
        `The data folder ${folder.path} is in use by process ${file.pid}, a PostgreSQL that does not end.`,
        'stop it, or set KASTOMA_DATA_DIR to another folder.',
      );
    }
    await delay(50);
  }
  await rm(join(folder.cluster, 'postmaster.pid'), { force: true });
}

function servesFolder(commandLine: string, folder: DataFolder): boolean {
  if (commandLine.includes(MARK)) return commandLine.endsWith(`${MARK}${folder.path}`);
  // Without a mark it may be a server that somebody started by hand on this cluster.
  return /(^|\/)postgres( |$)/.test(commandLine);
}

async function readLines(path: string): Promise<string[] | undefined> {
  try {
    return (await readFile(path, 'utf8')).split('\n');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
