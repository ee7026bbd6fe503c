import { v7 } from 'uuid';

import type { IdGenerator } from '@kastoma/application/core';

const BYTES_AN_ID = 16;
/** Asking the system for randomness costs more than all else of an id: it is asked for many at once. */
const IDS_AT_ONCE = 256;

/** RFC 9562 version 7: later ids sort after earlier ones, so indexes grow at one end. */
export class UuidV7Generator implements IdGenerator {
  readonly #pool = new Uint8Array(IDS_AT_ONCE * BYTES_AN_ID);
  #used = this.#pool.length;
  #milliseconds = -Infinity;
  #sequence = 0;

  next<NewId extends string>(): NewId {
    const random = this.#randomBytes();
    const now = Date.now();
    if (now > this.#milliseconds) {
      this.#milliseconds = now;
      this.#sequence = firstOfSequence(random);
    } else {
      this.#sequence += 1;
    }
    return v7({ random, msecs: this.#milliseconds, seq: this.#sequence }) as NewId;
  }

  #randomBytes(): Uint8Array {
    if (this.#used === this.#pool.length) {
      crypto.getRandomValues(this.#pool);
      this.#used = 0;
    }
    this.#used += BYTES_AN_ID;
    return this.#pool.subarray(this.#used - BYTES_AN_ID, this.#used);
  }
}

/** In the lower half of 32 bits: two billion are left for one millisecond, or for a clock that was set back. */
function firstOfSequence(random: Uint8Array): number {
  return new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
}
