import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { VariantId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { LARGEST_STOCK, Stock, type MovementCause } from './stock.aggregate.ts';

const VARIANT = 'variant' as VariantId;
const cause: MovementCause = {
  reference: 'order 1',
  actor: 'user:1',
  reason: 'placed',
  at: 1_000 as Instant,
};
const open = (units: number) => Stock.open(VARIANT, units, cause)._unsafeUnwrap();
const reserve = (stock: Stock, quantity: number) =>
  stock.reserve({ variantId: VARIANT, quantity }, cause);

describe('the stock of a new variant', () => {
  test('comes in by a movement, like all units after it', () => {
    const { stock, movements } = open(10);
    expect(stock).toMatchObject({ variantId: VARIANT, onHand: 10, reserved: 0, available: 10 });
    expect(movements).toEqual([
      {
        ...cause,
        variantId: VARIANT,
        type: 'adjustment',
        onHandDelta: 10,
        reservedDelta: 0,
        onHandAfter: 10,
        reservedAfter: 0,
      },
    ]);
  });

  test('of no units needs no movement', () => {
    expect(open(0)).toMatchObject({ stock: { onHand: 0, reserved: 0 }, movements: [] });
  });

  test.each([-1, 0.5, LARGEST_STOCK + 1, Number.NaN, Number.POSITIVE_INFINITY])(
    'is never %d units',
    (units) => {
      expect(Stock.open(VARIANT, units, cause, ['a', 0])._unsafeUnwrapErr()).toEqual({
        code: 'inventory.invalid_stock',
        path: ['a', 0],
        maximum: LARGEST_STOCK,
      });
      expect(Stock.open(VARIANT, units, cause)._unsafeUnwrapErr().path).toEqual(['stock']);
    },
  );

  test('may be a billion units', () => {
    expect(open(LARGEST_STOCK).stock.available).toBe(LARGEST_STOCK);
  });
});

describe('a promise of units', () => {
  test('is kept for an order and stands in the ledger', () => {
    const { stock } = open(10);
    const reserved = reserve(stock, 10)._unsafeUnwrap();
    expect(reserved.stock).toMatchObject({ onHand: 10, reserved: 10, available: 0 });
    expect(reserved.movement).toEqual({
      ...cause,
      variantId: VARIANT,
      type: 'reservation',
      onHandDelta: 0,
      reservedDelta: 10,
      onHandAfter: 10,
      reservedAfter: 10,
    });
    expect(stock.available).toBe(10);
  });

  test('of one unit too many is refused, and says how many there are', () => {
    expect(reserve(open(10).stock, 11)._unsafeUnwrapErr()).toEqual({
      code: 'inventory.insufficient_stock',
      shortages: [{ variantId: VARIANT, requested: 11, available: 10 }],
    });
  });

  test.each([0, -1, 0.5, Number.NaN, Number.NEGATIVE_INFINITY])('of %d units is none', (units) => {
    expect(reserve(open(10).stock, units).isErr()).toBe(true);
  });

  test('never goes beyond what is there, and the ledger adds up to the columns', () => {
    const anyDemand = fc.oneof(
      fc.integer({ min: -3, max: 12 }),
      fc.constantFrom(0.5, Number.NaN, Number.POSITIVE_INFINITY),
    );
    fc.assert(
      fc.property(fc.nat({ max: 50 }), fc.array(anyDemand), (units, demands) => {
        let { stock } = open(units);
        const ledger = [...open(units).movements];
        let available = units;
        for (const quantity of demands) {
          const fits = Number.isInteger(quantity) && quantity > 0 && quantity <= available;
          const outcome = reserve(stock, quantity);
          expect(outcome.isOk()).toBe(fits);
          if (outcome.isErr()) continue;
          stock = outcome.value.stock;
          ledger.push(outcome.value.movement);
          available -= quantity;
        }
        const total = (pick: (movement: (typeof ledger)[number]) => number) =>
          ledger.reduce((sum, movement) => sum + pick(movement), 0);
        expect(stock.available).toBe(available);
        expect(stock.available).toBeGreaterThanOrEqual(0);
        expect(total(({ onHandDelta }) => onHandDelta)).toBe(stock.onHand);
        expect(total(({ reservedDelta }) => reservedDelta)).toBe(stock.reserved);
        expect(ledger.at(-1)?.onHandAfter ?? 0).toBe(stock.onHand);
        expect(ledger.at(-1)?.reservedAfter ?? 0).toBe(stock.reserved);
      }),
      { numRuns: 500 },
    );
  });

  test('goes on from what is kept', () => {
    const stock = Stock.restore({ variantId: VARIANT, onHand: 5, reserved: 3 });
    expect(stock.available).toBe(2);
    expect(reserve(stock, 3).isErr()).toBe(true);
    expect(reserve(stock, 2)._unsafeUnwrap().stock.available).toBe(0);
  });
});
