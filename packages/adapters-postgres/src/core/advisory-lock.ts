import type { Database } from './database.ts';

/** Any numbers will do, as long as every replica asks for the same ones. */
const LOCKS = { migrations: 7_305_118_226, seeds: 7_305_118_227 };

/**
 * Lets one process at a time do something to the whole database; the others
 * wait. It holds a connection of its own, so the pool needs at least two, and
 * a process that is killed gives the lock back with its connection.
 */
export async function withAdvisoryLock<T>(
  database: Database,
  lock: keyof typeof LOCKS,
  work: () => Promise<T>,
): Promise<T> {
  const holder = await database.reserve();
  try {
    // Waiting takes as long as another replica's start: a statement's usual limit does not fit.
    await holder`set statement_timeout = 0`;
    await holder`select pg_advisory_lock(${LOCKS[lock]})`;
    return await work();
  } finally {
    await holder`select pg_advisory_unlock_all()`;
    await holder`reset statement_timeout`;
    holder.release();
  }
}
