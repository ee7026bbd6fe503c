import type { Instant } from '@kastoma/domain/core';

type Read = { readonly startedAt: Instant; readonly value: Promise<unknown> };

/**
 * What this process has read within the last moment, a bounded number of things. Those who ask for
 * the same meanwhile share one reading of it, also while it is under way; what failed is read again.
 */
export class RecentReads {
  /** In the order in which they were last asked for. */
  readonly #reads = new Map<string, Read>();
  readonly #most: number;
  readonly #oldestMilliseconds: number;

  constructor(most: number, oldestMilliseconds: number) {
    this.#most = most;
    this.#oldestMilliseconds = oldestMilliseconds;
  }

  /** What was read of it within the last moment, counted from when the reading began. A clock that was set back makes nothing recent. */
  find<Value>(key: string, now: Instant): Promise<Value> | null {
    const read = this.#reads.get(key);
    if (read === undefined) return null;
    this.#reads.delete(key);
    const age = now - read.startedAt;
    if (age < 0 || age >= this.#oldestMilliseconds) return null;
    this.#reads.set(key, read);
    return read.value as Promise<Value>;
  }

  keep(key: string, value: Promise<unknown>, startedAt: Instant): void {
    const read = { startedAt, value };
    this.#reads.delete(key);
    this.#reads.set(key, read);
    const [oldest] = this.#reads.size > this.#most ? this.#reads.keys() : [];
    if (oldest !== undefined) this.#reads.delete(oldest);
    value.catch(() => {
      if (this.#reads.get(key) === read) this.#reads.delete(key);
    });
  }
}
