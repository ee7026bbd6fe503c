import fc from 'fast-check';

import type { Instant } from '../core/instant.value.ts';

/** A moment that RFC 3339 can write: years 0000 to 9999. */
export function anyInstant(): fc.Arbitrary<Instant> {
  return fc
    .integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 })
    .map((epochMilliseconds) => epochMilliseconds as Instant);
}
