import type { RateLimit, RateLimiter, RateLimitVerdict } from '@kastoma/application/core';
import type { Instant } from '@kastoma/domain/core';

/** Beyond it the keys with no attempt in their window are dropped before a new one is kept. */
const MOST_KEYS = 50_000;

type Window = { attempts: readonly number[]; endsAt: number };

/** The stand-in for Redis: the same limits, counted by this process alone. */
export class InProcessRateLimiter implements RateLimiter {
  readonly #windows = new Map<string, Window>();

  async take(key: string, limit: RateLimit, now: Instant): Promise<RateLimitVerdict> {
    const length = limit.windowSeconds * 1000;
    const attempts = (this.#windows.get(key)?.attempts ?? []).filter((at) => at > now - length);
    const [oldest] = attempts;
    if (oldest !== undefined && attempts.length >= limit.attempts) {
      return { allowed: false, retryAfterSeconds: Math.ceil((oldest + length - now) / 1000) };
    }
    // Taken out and put in again: the keys stand in the order of their latest attempts.
    this.#windows.delete(key);
    this.#makeRoom(now);
    this.#windows.set(key, { attempts: [...attempts, now], endsAt: now + length });
    return { allowed: true, remaining: limit.attempts - attempts.length - 1 };
  }

  async giveBack(key: string): Promise<void> {
    const window = this.#windows.get(key);
    if (window !== undefined) window.attempts = window.attempts.slice(0, -1);
  }

  async clear(key: string): Promise<void> {
    this.#windows.delete(key);
  }

  /** A flood of keys must not fill the memory: what is over goes first, then what is oldest. */
  #makeRoom(now: Instant): void {
    if (this.#windows.size < MOST_KEYS) return;
    for (const [key, window] of this.#windows) {
      if (window.endsAt <= now) this.#windows.delete(key);
    }
    for (const key of this.#windows.keys()) {
      if (this.#windows.size < MOST_KEYS) return;
      this.#windows.delete(key);
    }
  }
}
