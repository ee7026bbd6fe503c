import type { Instant } from '@kastoma/domain/core';

import type { RateLimit, RateLimiter, RateLimitVerdict } from '../../core/rate-limiter.port.ts';

/** Keeps every attempt that it allowed. */
export class FakeRateLimiter implements RateLimiter {
  readonly #attempts = new Map<string, readonly Instant[]>();

  async take(key: string, limit: RateLimit, now: Instant): Promise<RateLimitVerdict> {
    const window = limit.windowSeconds * 1000;
    const recent = this.attemptsOf(key).filter((at) => now - at < window);
    const [oldest = now] = recent;
    const wait = Math.ceil((oldest + window - now) / 1000);
    if (recent.length >= limit.attempts) return { allowed: false, retryAfterSeconds: wait };
    this.#attempts.set(key, [...recent, now]);
    return {
      allowed: true,
      remaining: limit.attempts - recent.length - 1,
      roomAfterSeconds: wait,
    };
  }

  async giveBack(key: string): Promise<void> {
    this.#attempts.set(key, this.attemptsOf(key).slice(0, -1));
  }

  async clear(key: string): Promise<void> {
    this.#attempts.delete(key);
  }

  attemptsOf(key: string): readonly Instant[] {
    return this.#attempts.get(key) ?? [];
  }
}
