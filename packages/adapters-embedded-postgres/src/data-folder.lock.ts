import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

import type { DataFolder } from './data-folder.ts';
import { EmbeddedPostgresUnavailable, errorCode } from './embedded-postgres.errors.ts';

const SQLITE_BUSY = 5;

/** The right to be the one owner of a data folder. */
export interface DataFolderLock {
  release(): void;
}

/**
 * Takes the data folder for this process, or fails at once when a living process has it.
 *
 * The lock is the exclusive lock of an empty SQLite database: a file lock of the kernel,
 * which Node has no call of its own for. It ends with the process however that dies,
 * so it cannot go stale, and two processes cannot get it at the same moment.
 */
export function lockDataFolder(folder: DataFolder): DataFolderLock {
  // Nothing else may ever open the lock file: closing any descriptor of it in this
  // process would drop the lock. That is why the owner's number has a file of its own.
  const database = new DatabaseSync(folder.lock);
  try {
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new EmbeddedPostgresUnavailable(
      `The data folder ${folder.path} is in use by ${describeOwner(folder)}.`,
      'stop it, or set KASTOMA_DATA_DIR to another folder.',
      { cause: error },
    );
  }
  writeFileSync(folder.ownerPid, `${process.pid}\n`);
  return {
    release() {
      if (!database.isOpen) return;
      rmSync(folder.ownerPid, { force: true });
      database.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

function describeOwner(folder: DataFolder): string {
  try {
    return `process ${Number.parseInt(readFileSync(folder.ownerPid, 'utf8'), 10)}`;
  } catch (error) {
    // The owner is just now taking the lock or letting it go.
    if (errorCode(error) === 'ENOENT') return 'another process';
    throw error;
  }
}
