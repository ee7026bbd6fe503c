import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { allocate, allocateTo } from './allocation.ts';

const allocateInOrder = (whole: bigint, weights: readonly bigint[]) =>
  allocateTo(whole, weights, (weight) => weight).map(({ part }) => part);

const share = (whole: bigint, weights: Record<string, bigint>) => {
  const list = Object.entries(weights).map(([id, weight]) => ({ id, weight }));
  const parts = allocate(whole, list)._unsafeUnwrap();
  return Object.fromEntries(list.map(({ id }, index) => [id, parts[index]]));
};

describe('an amount is shared out by weight, and no unit is lost', () => {
  test('ten among three that weigh the same: the odd unit goes to the first', () => {
    expect(share(10n, { a: 1n, b: 1n, c: 1n })).toEqual({ a: 4n, b: 3n, c: 3n });
    expect(share(11n, { a: 1n, b: 1n, c: 1n })).toEqual({ a: 4n, b: 4n, c: 3n });
  });

  test('ties go to the smaller id, wherever it stands', () => {
    expect(share(10n, { c: 1n, b: 1n, a: 1n })).toEqual({ c: 3n, b: 3n, a: 4n });
    expect(share(1n, { b: 5n, B: 5n })).toEqual({ b: 0n, B: 1n });
  });

  test('the largest remainder comes first: 100 by 1 to 2 to 4', () => {
    // 14.28…, 28.57…, 57.14…
    expect(share(100n, { a: 1n, b: 2n, c: 4n })).toEqual({ a: 14n, b: 29n, c: 57n });
    // 0.4, 0.8, 0.8: two units for the two larger remainders.
    expect(share(2n, { a: 1n, b: 2n, c: 2n })).toEqual({ a: 0n, b: 1n, c: 1n });
  });

  test('nothing goes to whoever weighs nothing, even if that is the first', () => {
    expect(share(10n, { a: 0n, b: 1n, c: 2n })).toEqual({ a: 0n, b: 3n, c: 7n });
    expect(share(10n, { a: 0n, b: 7n })).toEqual({ a: 0n, b: 10n });
  });

  test('an amount below zero is shared as the same amount above it', () => {
    expect(share(-10n, { a: 1n, b: 1n, c: 1n })).toEqual({ a: -4n, b: -3n, c: -3n });
    expect(share(-7n, { a: 3n })).toEqual({ a: -7n });
  });

  test('nothing is shared in parts of nothing, by any weights and by none', () => {
    expect(share(0n, { a: 1n, b: 2n })).toEqual({ a: 0n, b: 0n });
    expect(share(0n, { a: 0n, b: 0n })).toEqual({ a: 0n, b: 0n });
    expect(share(0n, {})).toEqual({});
    expect(share(0n, { a: 0n })).toEqual({ a: 0n });
  });
});

describe('what cannot be shared out is refused', () => {
  test('something among those who get nothing', () => {
    const nobody = { code: 'core.nobody_to_allocate_to' };
    expect(allocate(1n, [])._unsafeUnwrapErr()).toEqual(nobody);
    expect(allocate(-1n, [{ id: 'a', weight: 0n }])._unsafeUnwrapErr()).toEqual(nobody);
  });

  test('by a weight below zero', () => {
    const weights = [
      { id: 'a', weight: 3n },
      { id: 'b', weight: -1n },
    ];
    expect(allocate(10n, weights)._unsafeUnwrapErr()).toEqual({
      code: 'core.negative_weight',
      id: 'b',
    });
    expect(allocate(0n, weights).isErr()).toBe(true);
  });
});

describe('in order, among weights that are known to be sound', () => {
  test('ties go to the one that stands earlier', () => {
    expect(allocateInOrder(5n, [1n, 1n, 1n])).toEqual([2n, 2n, 1n]);
    expect(allocateInOrder(-5n, [1n, 1n, 1n])).toEqual([-2n, -2n, -1n]);
  });

  test('what nobody has a weight for is shared by nobody', () => {
    expect(allocateInOrder(5n, [0n, 0n])).toEqual([0n, 0n]);
    expect(allocateInOrder(5n, [0n])).toEqual([0n]);
    expect(allocateInOrder(5n, [])).toEqual([]);
  });

  test('one alone bears it all', () => {
    expect(allocateInOrder(5n, [3n])).toEqual([5n]);
  });
});

const anyWeights = fc.uniqueArray(
  fc.record({ id: fc.string({ maxLength: 3 }), weight: fc.bigInt({ min: 0n, max: 10n ** 9n }) }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 12 },
);
const anyWhole = fc.oneof(
  fc.bigInt({ min: -200n, max: 200n }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }),
);

test('the parts add up, are off by less than a unit, and do not depend on the order', () => {
  fc.assert(
    fc.property(
      anyWhole,
      anyWeights.filter((weights) => weights.some(({ weight }) => weight > 0n)),
      (whole, weights) => {
        const parts = allocate(whole, weights)._unsafeUnwrap();
        const sum = weights.reduce((total, { weight }) => total + weight, 0n);
        expect(parts.reduce((total, part) => total + part, 0n)).toBe(whole);
        for (const [index, { weight }] of weights.entries()) {
          const error = (parts[index] ?? 0n) * sum - whole * weight;
          expect(error < sum && error > -sum).toBe(true);
        }
        const reversed = allocate(whole, weights.toReversed())._unsafeUnwrap();
        expect(reversed.toReversed()).toEqual(parts);
      },
    ),
    { numRuns: 1_000 },
  );
});
