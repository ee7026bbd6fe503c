import {
  EVERYTHING,
  LONGEST_KEPT_MILLISECONDS,
  type Cache,
  type CacheFinding,
  type CacheTime,
  type CacheValue,
} from '@kastoma/application/core';

const MOST_VALUES = 5_000;
const MOST_FLOORS = 50_000;
const LEASE_MILLISECONDS = 1_000;

type Kept = CacheValue & { readonly readFrom: CacheTime; readonly endsAt: number };

/** The stand-in for Redis: the same values, kept by this process for itself alone. */
export class InProcessCache implements Cache {
  /** In the order in which they were last asked for. */
  readonly #values = new Map<string, Kept>();
  /** What was read up to then of a tag is not good any more; in the order in which they were set. */
  readonly #floors = new Map<string, CacheTime>();
  readonly #leases = new Map<string, number>();
  #time: CacheTime = 0;

  async find(key: string): Promise<CacheFinding> {
    const kept = this.#valid(key);
    if (kept !== null) {
      this.#values.delete(key);
      this.#values.set(key, kept);
      return { kind: 'found', text: kept.text };
    }
    const now = performance.now();
    const isBeingRead = (this.#leases.get(key) ?? 0) > now;
    if (!isBeingRead) this.#lease(key, now);
    return { kind: 'missing', readFrom: this.#tick(), isBeingRead };
  }

  async keep(
    key: string,
    value: CacheValue,
    readFrom: CacheTime,
    milliseconds: number,
  ): Promise<boolean> {
    this.#leases.delete(key);
    if (this.#isOvertaken(value.tags, readFrom)) return false;
    const held = this.#valid(key);
    if (held !== null && isNewer(held, { version: value.version, readFrom })) return false;
    const endsAt = performance.now() + Math.min(milliseconds, LONGEST_KEPT_MILLISECONDS);
    this.#values.delete(key);
    this.#values.set(key, { ...value, readFrom, endsAt });
    dropOldest(this.#values, MOST_VALUES);
    return true;
  }

  async release(key: string): Promise<void> {
    this.#leases.delete(key);
  }

  async forget(tags: readonly string[], settlingMilliseconds = 0): Promise<void> {
    const floor = this.#tick() + settlingMilliseconds * 1_000;
    for (const tag of tags) this.#raise(tag, floor);
  }

  /** What is known of a tag that is dropped holds for everything from then on. */
  #raise(tag: string, floor: CacheTime): void {
    const raised = Math.max(floor, this.#floors.get(tag) ?? 0);
    this.#floors.delete(tag);
    this.#floors.set(tag, raised);
    const dropped = dropOldest(this.#floors, MOST_FLOORS);
    if (dropped !== undefined) this.#raise(EVERYTHING, dropped);
  }

  #valid(key: string): Kept | null {
    const kept = this.#values.get(key);
    if (kept === undefined) return null;
    if (kept.endsAt > performance.now() && !this.#isOvertaken(kept.tags, kept.readFrom))
      return kept;
    this.#values.delete(key);
    return null;
  }

  #isOvertaken(tags: readonly string[], readFrom: CacheTime): boolean {
    return [EVERYTHING, ...tags].some((tag) => (this.#floors.get(tag) ?? 0) >= readFrom);
  }

  #lease(key: string, now: number): void {
    this.#leases.delete(key);
    this.#leases.set(key, now + LEASE_MILLISECONDS);
    dropOldest(this.#leases, MOST_VALUES);
  }

  /** In microseconds since the process began, each of them once. */
  #tick(): CacheTime {
    this.#time = Math.max(this.#time + 1, Math.floor(performance.now() * 1_000));
    return this.#time;
  }
}

type Read = { readonly version: number; readonly readFrom: CacheTime };

function isNewer(held: Read, offered: Read): boolean {
  return held.version === offered.version
    ? held.readFrom > offered.readFrom
    : held.version > offered.version;
}

function dropOldest<Value>(map: Map<string, Value>, most: number): Value | undefined {
  const [oldest] = map.size > most ? map.entries() : [];
  if (oldest === undefined) return undefined;
  map.delete(oldest[0]);
  return oldest[1];
}
