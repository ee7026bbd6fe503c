import type { Instant } from '@kastoma/domain/core';

export type RateLimit = {
  /** How many attempts fit into any window of that length. */
  readonly attempts: number;
  readonly windowSeconds: number;
};

export type RateLimitVerdict =
  | {
      readonly allowed: true;
      readonly remaining: number;
      /** Until the oldest attempt leaves the window, and so makes room for one more. */
      readonly roomAfterSeconds: number;
    }
  | { readonly allowed: false; readonly retryAfterSeconds: number };

/**
 * Counts attempts in a sliding window, for all processes that share it. A key names what is counted,
 * and after a colon whose attempts they are; it is counted under one limit.
 */
export interface RateLimiter {
  /** Takes one attempt if the window has room; a refused one does not count. */
  take(key: string, limit: RateLimit, now: Instant): Promise<RateLimitVerdict>;
  /** Gives back the latest attempt: it turned out to be none that counts. */
  giveBack(key: string): Promise<void>;
  /** Forgets the attempts under the key. */
  clear(key: string): Promise<void>;
}
