import {
  EVERYTHING,
  type Cache,
  type CacheFinding,
  type CacheTime,
  type CacheValue,
} from '@kastoma/application/core';

/** Told once each time the shared cache is lost, and once when it is back. */
type SharedCacheWatch = {
  readonly onLost: (error: unknown) => void;
  readonly onBack: () => void;
};

/** How long nobody asks what did not answer. */
const PAUSE_MILLISECONDS = 1_000;

const NOTHING: CacheFinding = { kind: 'missing', readFrom: null, isBeingRead: false };

/**
 * Finds nothing and keeps nothing while the shared cache cannot be reached. When it is back, whoever
 * was without it has everything forgotten first: nobody knows what was not forgotten meanwhile.
 */
export class FallingBackCache implements Cache {
  readonly #shared: Cache;
  readonly #watch: SharedCacheWatch;
  readonly #pauseMilliseconds: number;
  #isLost = false;
  #askAgainAt = 0;

  constructor(shared: Cache, watch: SharedCacheWatch, pauseMilliseconds = PAUSE_MILLISECONDS) {
    this.#shared = shared;
    this.#watch = watch;
    this.#pauseMilliseconds = pauseMilliseconds;
  }

  find(key: string): Promise<CacheFinding> {
    return this.#ask((cache) => cache.find(key), NOTHING);
  }

  keep(
    key: string,
    value: CacheValue,
    readFrom: CacheTime,
    milliseconds: number,
  ): Promise<boolean> {
    return this.#ask((cache) => cache.keep(key, value, readFrom, milliseconds), false);
  }

  release(key: string): Promise<void> {
    return this.#ask((cache) => cache.release(key), undefined);
  }

  /** Never fails: it is made up for when the cache is back, and until then nothing outlives its time. */
  forget(tags: readonly string[], settlingMilliseconds?: number): Promise<void> {
    return this.#ask((cache) => cache.forget(tags, settlingMilliseconds), undefined);
  }

  async #ask<Answer>(ask: (cache: Cache) => Promise<Answer>, otherwise: Answer): Promise<Answer> {
    if (!this.#mayAsk()) return otherwise;
    try {
      if (this.#isLost) await this.#shared.forget([EVERYTHING]);
      const answer = await ask(this.#shared);
      if (this.#isLost) this.#watch.onBack();
      this.#isLost = false;
      return answer;
    } catch (error) {
      this.#askAgainAt = performance.now() + this.#pauseMilliseconds;
      if (!this.#isLost) this.#watch.onLost(error);
      this.#isLost = true;
      return otherwise;
    }
  }

  /** Whoever asks first after a pause asks for all: the others do not wait with it. */
  #mayAsk(): boolean {
    if (!this.#isLost) return true;
    if (performance.now() < this.#askAgainAt) return false;
    this.#askAgainAt = performance.now() + this.#pauseMilliseconds;
    return true;
  }
}
