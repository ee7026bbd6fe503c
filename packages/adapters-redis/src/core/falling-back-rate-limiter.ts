import type { RateLimit, RateLimiter, RateLimitVerdict } from '@kastoma/application/core';
import type { Instant } from '@kastoma/domain/core';

/** Told once each time the shared counts are lost, and once when they are back. */
type SharedCountsWatch = {
  readonly onLost: (error: unknown) => void;
  readonly onBack: () => void;
};

/** How long nobody asks what did not answer: a Redis that hangs costs one request a second its patience, and not all of them. */
const PAUSE_MILLISECONDS = 1_000;

/** Goes on with this process's own counts while the shared ones cannot be reached, and says so. */
export class FallingBackRateLimiter implements RateLimiter {
  readonly #shared: RateLimiter;
  readonly #local: RateLimiter;
  readonly #watch: SharedCountsWatch;
  readonly #pauseMilliseconds: number;
  #isLost = false;
  #askAgainAt = 0;

  constructor(
    shared: RateLimiter,
    local: RateLimiter,
    watch: SharedCountsWatch,
    pauseMilliseconds = PAUSE_MILLISECONDS,
  ) {
    this.#shared = shared;
    this.#local = local;
    this.#watch = watch;
    this.#pauseMilliseconds = pauseMilliseconds;
  }

  take(key: string, limit: RateLimit, now: Instant): Promise<RateLimitVerdict> {
    return this.#sharedOrLocal((limiter) => limiter.take(key, limit, now));
  }

  /** What was counted while the shared counts were gone is given back where it is found: at most one attempt too many. */
  giveBack(key: string): Promise<void> {
    return this.#sharedOrLocal((limiter) => limiter.giveBack(key));
  }

  /** On both sides, since both may have counted. */
  async clear(key: string): Promise<void> {
    await this.#local.clear(key);
    await this.#sharedOrLocal((limiter) => limiter.clear(key));
  }

  async #sharedOrLocal<Value>(ask: (limiter: RateLimiter) => Promise<Value>): Promise<Value> {
    if (!this.#mayAsk()) return ask(this.#local);
    try {
      const answer = await ask(this.#shared);
      this.#found();
      return answer;
    } catch (error) {
      this.#lose(error);
      return ask(this.#local);
    }
  }

  /** Whoever asks first after a pause asks for all: the others do not wait with it. */
  #mayAsk(): boolean {
    if (!this.#isLost) return true;
    if (performance.now() < this.#askAgainAt) return false;
    this.#askAgainAt = performance.now() + this.#pauseMilliseconds;
    return true;
  }

  #lose(error: unknown): void {
    this.#askAgainAt = performance.now() + this.#pauseMilliseconds;
    if (!this.#isLost) this.#watch.onLost(error);
    this.#isLost = true;
  }

  #found(): void {
    if (this.#isLost) this.#watch.onBack();
    this.#isLost = false;
  }
}
