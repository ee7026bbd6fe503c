/** The same numbers for the same seed, in every run (Mulberry32). */
export class SeededRandom {
  #state: number;

  constructor(...seeds: readonly number[]) {
    this.#state = seeds.reduce(
      (mixed, seed) => Math.imul(mixed ^ seed, 0x9e3779b1) >>> 0,
      0x5bd1e995,
    );
  }

  /** From 0 up to and without the limit, whole. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  one<Value>(values: readonly [Value, ...Value[]]): Value {
    return values[this.below(values.length)] ?? values[0];
  }

  /** So many in a hundred. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

const FIRST_MILLISECOND = Date.UTC(2026, 0, 1);

/** A UUID of version 7 that is the same in every run: of a seed, of what it is for, and a number. */
export function seededId(seed: number, kind: number, number: number): string {
  const time = hexadecimal(FIRST_MILLISECOND + number, 12);
  const mixed = hexadecimal(Math.imul(number + 1, 0x9e3779b1) >>> 0, 8);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hexadecimal(kind, 3)}-8${hexadecimal(seed % 4_096, 3)}-${hexadecimal(number % 65_536, 4)}${mixed}`;
}

function hexadecimal(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0').slice(-digits);
}
