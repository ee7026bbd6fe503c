import type { Cache, CacheFinding, CacheValue } from './cache.port.ts';
import type { Clock } from './clock.port.ts';
import type { Pause } from './pause.port.ts';
import { RecentReads } from './recent-reads.ts';
import { readView, writeView } from './stored-view.ts';

/** So old at most is what this process answers from its own memory. */
export const STALEST_READ_MILLISECONDS = 100;

const MOST_RECENT_READS = 2_000;
/** Longer ones are read anew each time that this process has none. */
const LONGEST_TEXT = 256 * 1_024;
/** Whoever waits for another process asks again so often, and then reads for itself. */
const ASKING_AGAIN = 8;
const PAUSE_MILLISECONDS = 15;

/** A value in the form in which it is kept, with what it depends on. */
export type KeptView = { readonly view: unknown } & Omit<CacheValue, 'text'>;

export type CachedRead<Value> = {
  readonly key: string;
  readonly load: () => Promise<Value>;
  /** Left out where only this process remembers it, for a moment. */
  readonly shared?: {
    readonly milliseconds: number;
    /** Null where this one is not for others. */
    readonly keptOf: (value: Value) => KeptView | null;
    readonly restore: (view: unknown) => Value;
  };
};

/** Where answers have come from since the process began. */
export type CacheCounts = {
  readonly recent: number;
  readonly shared: number;
  readonly loaded: number;
};

type Dependencies = {
  /** Null where processes share nothing. */
  readonly cache: Cache | null;
  readonly clock: Clock;
  readonly pause: Pause;
};

/**
 * Reads through what this process has just read, and then through what all of them keep; of many
 * who ask for the same at once one reads it. Neither failures nor what is too long are kept.
 */
export class CachedReads {
  readonly #dependencies: Dependencies;
  readonly #recent = new RecentReads(MOST_RECENT_READS, STALEST_READ_MILLISECONDS);
  readonly #counts = { recent: 0, shared: 0, loaded: 0 };

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  get counts(): CacheCounts {
    return { ...this.#counts };
  }

  read<Value>(read: CachedRead<Value>): Promise<Value> {
    const now = this.#dependencies.clock.now();
    const recent = this.#recent.find<Value>(read.key, now);
    if (recent !== null) {
      this.#counts.recent += 1;
      return recent;
    }
    const value = this.#throughShared(read);
    this.#recent.keep(read.key, value, now);
    return value;
  }

  async #throughShared<Value>({ key, load, shared }: CachedRead<Value>): Promise<Value> {
    const { cache } = this.#dependencies;
    if (shared === undefined || cache === null) return this.#load(load);
    const finding = await this.#findOrWait(cache, key);
    if (finding.kind === 'found') {
      const view = readView(finding.text);
      if (view.isOk()) {
        this.#counts.shared += 1;
        return shared.restore(view.value);
      }
    }
    const readFrom = finding.kind === 'missing' ? finding.readFrom : null;
    if (readFrom === null) return this.#load(load);
    let isKept = false;
    try {
      const value = await this.#load(load);
      const kept = shared.keptOf(value);
      const text = kept === null ? '' : writeView(kept.view);
      if (kept === null || text.length > LONGEST_TEXT) return value;
      isKept = true;
      await cache.keep(key, { ...kept, text }, readFrom, shared.milliseconds);
      return value;
    } finally {
      if (!isKept) await cache.release(key);
    }
  }

  /** Another process may be reading it: it is given a moment, and not more. */
  async #findOrWait(cache: Cache, key: string): Promise<CacheFinding> {
    let finding = await cache.find(key);
    for (
      let asked = 0;
      asked < ASKING_AGAIN && finding.kind === 'missing' && finding.isBeingRead;
      asked += 1
    ) {
      await this.#dependencies.pause.for(PAUSE_MILLISECONDS);
      finding = await cache.find(key);
    }
    return finding;
  }

  #load<Value>(load: () => Promise<Value>): Promise<Value> {
    this.#counts.loaded += 1;
    return load();
  }
}
