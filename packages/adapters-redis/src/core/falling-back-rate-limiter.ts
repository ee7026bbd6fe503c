import type { RateLimit, RateLimiter, RateLimitVerdict } from '@kastoma/application/core';
import type { Instant } from '@kastoma/domain/core';

/** Goes on with this process's own counts while the shared ones cannot be reached, and says so. */
export class FallingBackRateLimiter implements RateLimiter {
  readonly #shared: RateLimiter;
  readonly #local: RateLimiter;
  readonly #onFallback: (error: unknown) => void;

  constructor(shared: RateLimiter, local: RateLimiter, onFallback: (error: unknown) => void) {
    this.#shared = shared;
    this.#local = local;
    this.#onFallback = onFallback;
  }

  async take(key: string, limit: RateLimit, now: Instant): Promise<RateLimitVerdict> {
    try {
      return await this.#shared.take(key, limit, now);
    } catch (error) {
      this.#onFallback(error);
      return this.#local.take(key, limit, now);
    }
  }

  /** What was counted while the shared counts were gone is given back where it is found: at most one attempt too many. */
  async giveBack(key: string): Promise<void> {
    try {
      await this.#shared.giveBack(key);
    } catch (error) {
      this.#onFallback(error);
      await this.#local.giveBack(key);
    }
  }

  async clear(key: string): Promise<void> {
    await this.#local.clear(key);
    try {
      await this.#shared.clear(key);
    } catch (error) {
      this.#onFallback(error);
    }
  }
}
