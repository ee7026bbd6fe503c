import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { divideRounded, ROUNDING_MODES } from './rounding.ts';

describe('an amount between two minor units goes to the nearer one', () => {
  test.each(ROUNDING_MODES)('%s', (mode) => {
    expect(divideRounded(249n, 100n, mode)).toBe(2n);
    expect(divideRounded(251n, 100n, mode)).toBe(3n);
    expect(divideRounded(349n, 100n, mode)).toBe(3n);
    expect(divideRounded(351n, 100n, mode)).toBe(4n);
    expect(divideRounded(1n, 3n, mode)).toBe(0n);
    expect(divideRounded(2n, 3n, mode)).toBe(1n);
  });
});

test.each([
  [5n, 1n, 0n],
  [15n, 2n, 2n],
  [25n, 3n, 2n],
  [35n, 4n, 4n],
  [45n, 5n, 4n],
  [-5n, -1n, 0n],
  [-15n, -2n, -2n],
  [-25n, -3n, -2n],
  [-35n, -4n, -4n],
])(
  '%s tenths are %s where half goes away from zero, and %s where it goes to the even one',
  (tenths, away, even) => {
    expect(divideRounded(tenths, 10n, 'half_up')).toBe(away);
    expect(divideRounded(tenths, 10n, 'half_even')).toBe(even);
  },
);

test('what needs no rounding is not rounded', () => {
  for (const mode of ROUNDING_MODES) {
    expect(divideRounded(0n, 7n, mode)).toBe(0n);
    expect(divideRounded(21n, 7n, mode)).toBe(3n);
    expect(divideRounded(-21n, 7n, mode)).toBe(-3n);
    expect(divideRounded(3n, 1n, mode)).toBe(3n);
  }
});

const anyQuotient = fc.tuple(
  fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
  fc.bigInt({ min: 1n, max: 10n ** 6n }),
);

test('rounding is off by half a unit at most, and the same on both sides of zero', () => {
  fc.assert(
    fc.property(anyQuotient, fc.constantFrom(...ROUNDING_MODES), ([numerator, divisor], mode) => {
      const rounded = divideRounded(numerator, divisor, mode);
      const error = 2n * (rounded * divisor - numerator);
      expect(error <= divisor && error >= -divisor).toBe(true);
      expect(divideRounded(-numerator, divisor, mode)).toBe(-rounded);
    }),
  );
});
