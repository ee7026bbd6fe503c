import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { VariantId } from '../core/ids.value.ts';
import { addUpDemand, type Demand } from './demand.value.ts';

const anyLines = fc.array(
  fc.record({
    variantId: fc.constantFrom('a', 'b', 'B', 'ä', 'c', '10', '9').map((id) => id as VariantId),
    quantity: fc.integer({ min: 1, max: 9_999 }),
  }),
);
const unitsOf = (lines: readonly Demand[], variantId: VariantId) =>
  lines
    .filter((line) => line.variantId === variantId)
    .reduce((sum, { quantity }) => sum + quantity, 0);

describe('lines that share a variant are one demand', () => {
  test('no unit is lost, and none is wanted twice', () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const demands = addUpDemand(lines);
        const variants = new Set(lines.map(({ variantId }) => variantId));
        expect(demands).toHaveLength(variants.size);
        for (const { variantId, quantity } of demands)
          expect(quantity).toBe(unitsOf(lines, variantId));
      }),
    );
  });

  test('stock is taken in one order, whatever the order of the lines', () => {
    fc.assert(
      fc.property(anyLines, fc.infiniteStream(fc.nat()), (lines, chance) => {
        const shuffled = lines
          .map((line) => ({ line, rank: Number(chance.next().value) }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ line }) => line);
        const demands = addUpDemand(shuffled);
        expect(demands).toEqual(addUpDemand(lines));
        const ids = demands.map(({ variantId }) => variantId);
        expect(ids).toEqual(ids.toSorted());
      }),
    );
  });

  test('nothing is wanted where there are no lines', () => {
    expect(addUpDemand([])).toEqual([]);
  });
});
