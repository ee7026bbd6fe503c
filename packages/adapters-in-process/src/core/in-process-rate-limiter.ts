import type { RateLimit, RateLimiter, RateLimitVerdict } from '@kastoma/application/core';
import type { Instant } from '@kastoma/domain/core';

/** Beyond it the keys with no attempt in their window are dropped before a new one is kept. */
const MOST_KEYS = 50_000;

/** The attempts from `first` on are those inside the window; what is before it is cut off now and then. */
type Window = { attempts: number[]; first: number; endsAt: number };

/** The stand-in for Redis: the same limits, counted by this process alone. */
export class InProcessRateLimiter implements RateLimiter {
  readonly #windows = new Map<string, Window>();

  async take(key: string, limit: RateLimit, now: Instant): Promise<RateLimitVerdict> {
    const length = limit.windowSeconds * 1000;
    const window = this.#windows.get(key) ?? { attempts: [], first: 0, endsAt: 0 };
    forgetUntil(window, now - length);
    const taken = window.attempts.length - window.first;
    const oldest = window.attempts[window.first] ?? now;
    const wait = Math.ceil((oldest + length - now) / 1000);
    if (taken >= limit.attempts) return { allowed: false, retryAfterSeconds: wait };
    // Taken out and put in again: the keys stand in the order of their latest attempts.
    this.#windows.delete(key);
    this.#makeRoom(now);
    window.attempts.push(now);
    window.endsAt = now + length;
    this.#windows.set(key, window);
    return { allowed: true, remaining: limit.attempts - taken - 1, roomAfterSeconds: wait };
  }

  async giveBack(key: string): Promise<void> {
    const window = this.#windows.get(key);
    if (window !== undefined && window.attempts.length > window.first) window.attempts.pop();
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

/** Moves past what has left the window; each attempt is looked at once, however many there are. */
function forgetUntil(window: Window, end: number): void {
  const { attempts } = window;
  while ((attempts[window.first] ?? Infinity) <= end) window.first += 1;
  if (window.first * 2 <= attempts.length) return;
  window.attempts = attempts.slice(window.first);
  window.first = 0;
}
