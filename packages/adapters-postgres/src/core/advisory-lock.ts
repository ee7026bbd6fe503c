import { setTimeout as pause } from 'node:timers/promises';

import { openSession, type Database } from './database.ts';

/** Any numbers will do, as long as every replica asks for the same ones. */
export const ADVISORY_LOCKS = {
  migrations: 7_305_118_226,
  seeds: 7_305_118_227,
  categoryTree: 7_305_118_228,
};

const ASK_AGAIN_MILLISECONDS = 50;
const LONGEST_FAREWELL_SECONDS = 1;

/**
 * Lets one process at a time do something to the whole database; the others
 * wait, until `stop` tells them not to. The lock belongs to a session of its own
 * and goes with it, also when the process is killed.
 */
export async function withAdvisoryLock<T>(
  database: Database,
  lock: keyof typeof ADVISORY_LOCKS,
  work: () => Promise<T>,
  stop?: AbortSignal,
): Promise<T> {
  const session = openSession(database);
  try {
    await acquire(session, ADVISORY_LOCKS[lock], stop);
    return await work();
  } finally {
    await session.end({ timeout: LONGEST_FAREWELL_SECONDS });
  }
}

/** Asks again and again: a statement that waits inside the server would outlive a process that has gone. */
async function acquire(
  session: Database,
  lock: number,
  stop: AbortSignal | undefined,
): Promise<void> {
  for (;;) {
    stop?.throwIfAborted();
    const [answer] = await session<
      { acquired: boolean }[]
    >`select pg_try_advisory_lock(${lock}::bigint) as acquired`;
    if (answer?.acquired === true) return;
    await pause(ASK_AGAIN_MILLISECONDS);
  }
}
