import {
  EVERYTHING,
  type Cache,
  type CacheFinding,
  type CacheTime,
  type CacheValue,
} from '../../core/cache.port.ts';

type Kept = CacheValue & { readonly readFrom: CacheTime; readonly endsAt: number };

/** Keeps whatever fits into the memory; leases end when they are given back. */
export class FakeCache implements Cache {
  readonly #values = new Map<string, Kept>();
  readonly #floors = new Map<string, CacheTime>();
  readonly #leases = new Set<string>();
  #time: CacheTime = 0;

  async find(key: string): Promise<CacheFinding> {
    const kept = this.#valid(key);
    if (kept !== null) return { kind: 'found', text: kept.text };
    const isBeingRead = this.#leases.has(key);
    this.#leases.add(key);
    return { kind: 'missing', readFrom: this.#tick(), isBeingRead };
  }

  async keep(
    key: string,
    value: CacheValue,
    readFrom: CacheTime,
    milliseconds: number,
  ): Promise<boolean> {
    this.#leases.delete(key);
    const held = this.#valid(key);
    const isOlder =
      held !== null &&
      (held.version > value.version ||
        (held.version === value.version && held.readFrom > readFrom));
    if (isOlder || this.#isOvertaken(value.tags, readFrom)) return false;
    this.#values.set(key, { ...value, readFrom, endsAt: performance.now() + milliseconds });
    return true;
  }

  async release(key: string): Promise<void> {
    this.#leases.delete(key);
  }

  async forget(tags: readonly string[], settlingMilliseconds = 0): Promise<void> {
    const floor = this.#tick() + settlingMilliseconds * 1_000;
    for (const tag of tags) this.#floors.set(tag, Math.max(floor, this.#floors.get(tag) ?? 0));
  }

  #valid(key: string): Kept | null {
    const kept = this.#values.get(key);
    if (kept === undefined || kept.endsAt <= performance.now()) return null;
    return this.#isOvertaken(kept.tags, kept.readFrom) ? null : kept;
  }

  #isOvertaken(tags: readonly string[], readFrom: CacheTime): boolean {
    return [EVERYTHING, ...tags].some((tag) => (this.#floors.get(tag) ?? 0) >= readFrom);
  }

  #tick(): CacheTime {
    this.#time = Math.max(this.#time + 1, Math.floor(performance.now() * 1_000));
    return this.#time;
  }
}
