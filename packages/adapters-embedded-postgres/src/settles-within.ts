import { setTimeout as delay } from 'node:timers/promises';

/**
 * Whether `promise` fulfils in time; a rejection is passed on. The running clock keeps
 * this process alive, as a guarded process by itself does not.
 */
export async function settlesWithin(
  promise: Promise<unknown>,
  milliseconds: number,
): Promise<boolean> {
  const clock = new AbortController();
  try {
    return await Promise.race([
      promise.then(() => true),
      delay(milliseconds, false, { signal: clock.signal }),
    ]);
  } finally {
    clock.abort();
  }
}
