import type { Instant } from '@kastoma/domain/core';

/** What becomes of carts that nobody comes back to. */
export interface CartRetention {
  /**
   * Ends guests' carts that were last touched before then: their tokens open nothing any more, and where they were to go is
   * forgotten. What was in them stays for a while, for those who count. Says how many; some may be left for the next time.
   */
  expire(touchedBefore: Instant): Promise<number>;
  /** Deletes carts that expired, or were merged, and were last touched before then. */
  forget(touchedBefore: Instant): Promise<number>;
}
