import type { RateLimiter, RateLimitVerdict } from '@kastoma/application/core';

/** Lets everything through: for load tests, where one address stands for thousands. */
export class UnlimitedRateLimiter implements RateLimiter {
  async take(): Promise<RateLimitVerdict> {
    return { allowed: true, remaining: Number.MAX_SAFE_INTEGER, roomAfterSeconds: 0 };
  }

  async giveBack(): Promise<void> {
    // Nothing is counted.
  }

  async clear(): Promise<void> {
    // Nothing is counted.
  }
}
