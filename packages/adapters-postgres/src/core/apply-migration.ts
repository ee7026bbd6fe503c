import { setTimeout as pause } from 'node:timers/promises';

import { openSession, type Database } from './database.ts';
import { concurrentIndexOf, type Migration } from './migration-files.ts';

export type Patience = {
  /** Ends the wait for those who hold what it needs. */
  readonly stop?: AbortSignal | undefined;
  /** For how long it asks again for locks that others hold. */
  readonly longestLockWaitMilliseconds: number;
};

const PAUSE_MILLISECONDS = 500;
const LONGEST_FAREWELL_SECONDS = 1;

/** Others hold what the migration needs, and did not let go of it. */
export class MigrationLockedOut extends Error {}

/** Applies it and notes that it was applied. */
export async function applyMigration(
  database: Database,
  migration: Migration,
  patience: Patience,
): Promise<void> {
  const index = concurrentIndexOf(migration);
  if (index === null) await applyAtOnce(database, migration, patience);
  else await applyBesideOthers(database, migration, index);
}

/**
 * In a transaction that waits for no lock longer than a moment: whoever comes behind a lock that is waited
 * for waits as well, so that one long report would stop the whole shop.
 */
async function applyAtOnce(
  database: Database,
  { name, sql, sha256 }: Migration,
  { stop, longestLockWaitMilliseconds }: Patience,
): Promise<void> {
  const deadline = Date.now() + longestLockWaitMilliseconds;
  for (;;) {
    stop?.throwIfAborted();
    try {
      await database.begin(async (transaction) => {
        await transaction`set local statement_timeout = 0`;
        await transaction`set local lock_timeout = '1s'`;
        await transaction.unsafe(sql);
        await transaction`insert into core.migrations (name, sha256) values (${name}, ${sha256})`;
      });
      return;
    } catch (error) {
      if (!isLockedOut(error)) throw error;
      if (Date.now() > deadline)
        throw new MigrationLockedOut(
          `The migration ${name} waits for a table that a long transaction holds: end that one and start again.`,
          { cause: error },
        );
    }
    await pause(PAUSE_MILLISECONDS);
  }
}

/** A death in between leaves an index that does not work and is in the way; it goes first. */
async function applyBesideOthers(
  database: Database,
  { name, sql, sha256 }: Migration,
  index: string,
): Promise<void> {
  const session = openSession(database);
  try {
    await session`set statement_timeout = 0`;
    const broken = await session<{ name: string }[]>`
      select indexrelid::regclass::text as name
      from pg_index
      join pg_class on pg_class.oid = indexrelid
      where relname = ${index.split('.').at(-1) ?? index} and not indisvalid
    `;
    for (const { name: left } of broken) await session.unsafe(`drop index concurrently ${left}`);
    await session.unsafe(sql);
    await session`insert into core.migrations (name, sha256) values (${name}, ${sha256})`;
  } finally {
    await session.end({ timeout: LONGEST_FAREWELL_SECONDS });
  }
}

/** SQLSTATE lock_not_available; a deadlock is the same from another side. */
function isLockedOut(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['55P03', '40P01'].includes(String(error.code))
  );
}
