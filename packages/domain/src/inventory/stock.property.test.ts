import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { VariantId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { DEFAULT_LOCATION_ID } from './default-location.ts';
import { stockChanged } from './inventory.events.ts';
import { LARGEST_STOCK, type MovementCause, type StockMovement } from './stock-movement.value.ts';
import { Stock, type Moved } from './stock.aggregate.ts';
import { defineTracking, lowestAvailable, TRACKED, type Tracking } from './tracking.value.ts';

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
const account = (
  onHand: number,
  reserved: number,
  tracking: Tracking = TRACKED,
  reorderPoint: number | null = null,
) => {
  const where = { variantId: VARIANT, locationId: DEFAULT_LOCATION_ID };
  return Stock.restore({ ...where, onHand, reserved, tracking, reorderPoint }, 7);
};
const backorder = (limit: number | null): Tracking => ({ mode: 'backorder', limit });
const NOT_TRACKED: Tracking = { mode: 'not_tracked' };

describe('the stock of a new variant', () => {
  test('comes in by a movement, like all units after it', () => {
    const { stock, movements } = open(10);
    expect(stock).toMatchObject({ version: 1, available: 10, isInStock: true });
    expect(stock.state).toMatchObject({ variantId: VARIANT, onHand: 10, reserved: 0 });
    expect(movements).toEqual([
      {
        ...cause,
        variantId: VARIANT,
        locationId: DEFAULT_LOCATION_ID,
        type: 'adjustment',
        onHandDelta: 10,
        reservedDelta: 0,
        onHandAfter: 10,
        reservedAfter: 0,
      },
    ]);
  });

  test('of no units needs no movement', () => {
    expect(open(0)).toMatchObject({ stock: { available: 0, isInStock: false }, movements: [] });
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
    expect(reserved.stock).toMatchObject({ version: 2, available: 0, isInStock: false });
    expect(reserved.movements).toMatchObject([
      {
        type: 'reservation',
        onHandDelta: 0,
        reservedDelta: 10,
        onHandAfter: 10,
        reservedAfter: 10,
      },
    ]);
    expect(stock.available).toBe(10);
  });

  test('of one unit too many is refused, and says how many there are', () => {
    expect(reserve(open(10).stock, 11)._unsafeUnwrapErr()).toEqual({
      code: 'inventory.insufficient_stock',
      shortages: [{ variantId: VARIANT, requested: 11, available: 10 }],
    });
  });

  test.each([0, -1, 0.5, Number.NaN, Number.NEGATIVE_INFINITY])('of %d units is none', (units) => {
    for (const tracking of [TRACKED, backorder(null), NOT_TRACKED])
      expect(reserve(account(10, 0, tracking), units).isErr()).toBe(true);
  });

  test('runs ahead of the goods as far as backorders may, and not one unit further', () => {
    const ahead = reserve(account(2, 0, backorder(3)), 5)._unsafeUnwrap().stock;
    expect(ahead).toMatchObject({ available: -3, orderable: 0, isInStock: false });
    expect(reserve(ahead, 1)._unsafeUnwrapErr().shortages).toMatchObject([{ available: 0 }]);
    expect(reserve(account(0, 0, backorder(null)), 1_000_000).isOk()).toBe(true);
  });

  test('never counts more units than an account holds', () => {
    const full = account(5, LARGEST_STOCK - 2, backorder(null));
    expect(full.orderable).toBe(2);
    expect(reserve(full, 3).isErr()).toBe(true);
  });

  test('holds nothing where nobody counts, and can always be made', () => {
    const stock = account(0, 0, NOT_TRACKED);
    expect(reserve(stock, 9_999)._unsafeUnwrap()).toEqual({ stock, movements: [] });
    expect(stock.isInStock).toBe(true);
  });

  test('ends when the units leave the house, or when it is taken back', () => {
    const stock = account(10, 4);
    expect(stock.fulfil(3, cause)).toMatchObject({
      stock: { available: 6, version: 8, state: { onHand: 7, reserved: 1 } },
      movements: [{ type: 'sale', onHandDelta: -3, reservedDelta: -3 }],
    });
    expect(stock.release(3, cause)).toMatchObject({
      stock: { available: 9, version: 8, state: { onHand: 10, reserved: 1 } },
      movements: [{ type: 'release', onHandDelta: 0, reservedDelta: -3 }],
    });
  });

  test('that was sold comes back onto the shelf, but onto none that nobody counts', () => {
    expect(account(1, 0).restock(2, cause)._unsafeUnwrap()).toMatchObject({
      stock: { available: 3 },
      movements: [{ type: 'return', onHandDelta: 2, reservedDelta: 0 }],
    });
    expect(account(1, 0, NOT_TRACKED).restock(2, cause)._unsafeUnwrap().movements).toEqual([]);
    expect(account(LARGEST_STOCK, 0).restock(1, cause)._unsafeUnwrapErr().code).toBe(
      'inventory.invalid_stock',
    );
  });
});

describe('what staff post', () => {
  test.each([
    ['purchase', 4, 4],
    ['return', 4, 4],
    ['damage', 4, -4],
    ['adjustment', 4, 4],
    ['adjustment', -4, -4],
  ] as const)('%s of %d changes on hand by %d', (type, quantity, delta) => {
    const { stock, movements } = account(10, 2).post(type, quantity, cause)._unsafeUnwrap();
    expect(stock.state).toMatchObject({ onHand: 10 + delta, reserved: 2 });
    expect(movements).toMatchObject([{ type, onHandDelta: delta, reservedDelta: 0 }]);
  });

  test.each([
    ['purchase', 0],
    ['purchase', -1],
    ['damage', -1],
    ['adjustment', 0],
    ['return', 0.5],
    ['adjustment', Number.NaN],
    ['adjustment', -LARGEST_STOCK - 1],
  ] as const)('%s of %d is nothing', (type, quantity) => {
    expect(account(10, 0).post(type, quantity, cause)._unsafeUnwrapErr()).toEqual({
      code: 'inventory.invalid_movement_quantity',
      path: ['quantity'],
      type,
      maximum: LARGEST_STOCK,
    });
  });

  test('never takes away what is promised', () => {
    expect(account(10, 4).post('damage', 6, cause).isOk()).toBe(true);
    expect(account(10, 4).post('damage', 7, cause)._unsafeUnwrapErr()).toEqual({
      code: 'inventory.stock_too_low',
      onHand: 3,
      reserved: 4,
      lowestAvailable: 0,
    });
  });

  test('may leave fewer than none on hand where backorders are on', () => {
    const stock = account(1, 1, backorder(2));
    expect(stock.post('adjustment', -2, cause)._unsafeUnwrap().stock.state.onHand).toBe(-1);
    expect(stock.post('adjustment', -3, cause).isErr()).toBe(true);
  });

  test('is refused where nobody counts, and where an account would overflow', () => {
    expect(account(1, 0, NOT_TRACKED).post('purchase', 1, cause)._unsafeUnwrapErr().code).toBe(
      'inventory.stock_not_tracked',
    );
    const full = account(LARGEST_STOCK, 0).post('purchase', 1, cause);
    expect(full._unsafeUnwrapErr()).toMatchObject({ code: 'inventory.invalid_stock' });
  });
});

describe('a stock take', () => {
  test('writes down the difference to the books', () => {
    const { stock, movements } = account(10, 2).revise({ counted: 7 }, cause)._unsafeUnwrap();
    expect(stock).toMatchObject({ version: 8, state: { onHand: 7, reserved: 2 } });
    expect(movements).toMatchObject([{ type: 'adjustment', onHandDelta: -3, onHandAfter: 7 }]);
  });

  test('that finds what the books say moves nothing, and is still a version of its own', () => {
    const { stock, movements } = account(10, 2).revise({ counted: 10 }, cause)._unsafeUnwrap();
    expect([stock.version, stock.state.onHand, movements]).toEqual([8, 10, []]);
  });

  test('that finds less than is promised is refused, unless backorders make up for it', () => {
    const stock = account(10, 6);
    expect(stock.revise({ counted: 5 }, cause)._unsafeUnwrapErr()).toMatchObject({
      code: 'inventory.stock_too_low',
    });
    const both = { counted: 5, tracking: backorder(1) };
    expect(stock.revise(both, cause)._unsafeUnwrap().stock.available).toBe(-1);
  });

  test.each([-1, 0.5, LARGEST_STOCK + 1, Number.NaN])('never finds %d units', (units) => {
    expect(account(1, 0).revise({ counted: units }, cause)._unsafeUnwrapErr()).toMatchObject({
      code: 'inventory.invalid_stock',
      path: ['onHand'],
    });
    expect(account(1, 0).revise({ reorderPoint: units }, cause)._unsafeUnwrapErr()).toMatchObject({
      code: 'inventory.invalid_reorder_point',
    });
  });

  test('makes no sense where nobody counts, and begins counting where somebody does again', () => {
    const stock = account(3, 0, NOT_TRACKED);
    expect(stock.revise({ counted: 3 }, cause)._unsafeUnwrapErr().code).toBe(
      'inventory.stock_not_tracked',
    );
    const counted = stock.revise({ counted: 8, tracking: TRACKED }, cause)._unsafeUnwrap();
    expect(counted).toMatchObject({ stock: { available: 8 }, movements: [{ onHandDelta: 5 }] });
  });

  test('leaves the rules of the account as they are, unless it names others', () => {
    const stock = account(5, 0, backorder(2), 4);
    const counted = stock.revise({ counted: 6 }, cause)._unsafeUnwrap().stock;
    expect(counted.state).toMatchObject({ tracking: backorder(2), reorderPoint: 4 });
    const ruled = stock.revise({ tracking: TRACKED, reorderPoint: null }, cause)._unsafeUnwrap();
    expect(ruled.stock.state).toMatchObject({ tracking: TRACKED, reorderPoint: null, onHand: 5 });
  });

  test('does not end backorders while orders wait for them', () => {
    const stock = account(1, 3, backorder(5));
    expect(stock.revise({ tracking: TRACKED }, cause)._unsafeUnwrapErr().code).toBe(
      'inventory.stock_too_low',
    );
    expect(stock.revise({ tracking: backorder(1) }, cause).isErr()).toBe(true);
  });
});

describe('a limit on backorders', () => {
  test('is a number of units, and for backorders alone', () => {
    expect(defineTracking('backorder', 5)._unsafeUnwrap()).toEqual(backorder(5));
    expect(defineTracking('tracked', null)._unsafeUnwrap()).toEqual(TRACKED);
    for (const limit of [-1, 0.5, LARGEST_STOCK + 1])
      expect(defineTracking('backorder', limit).isErr()).toBe(true);
    expect(defineTracking('tracked', 1)._unsafeUnwrapErr().path).toEqual(['backorderLimit']);
    expect(defineTracking('not_tracked', 0).isErr()).toBe(true);
  });
});

describe('what is told of a change', () => {
  test('says what stands now, and whether there is stock where there was none', () => {
    const before = account(2, 1);
    const told = stockChanged(before, before.fulfil(1, cause).stock, cause.at);
    expect(told).toMatchObject({ aggregateId: VARIANT, aggregateVersion: 8, occurredAt: 1_000 });
    expect(told.payload).toEqual({
      variantId: VARIANT,
      locationId: DEFAULT_LOCATION_ID,
      tracking: 'tracked',
      onHand: 1,
      reserved: 0,
      available: 1,
      inStock: true,
      inStockChanged: false,
    });
    const { stock: gone } = reserve(before, 1)._unsafeUnwrap();
    expect(stockChanged(before, gone, cause.at).payload).toMatchObject({ inStockChanged: true });
    const uncounted = account(0, 0, NOT_TRACKED);
    expect(stockChanged(gone, uncounted, cause.at).payload.available).toBeNull();
  });
});

/** Any step, whether the account allows it or not. */
const anyStep = fc.oneof(
  fc.record({ kind: fc.constantFrom('reserve', 'release', 'fulfil', 'restock'), units: fc.nat(9) }),
  fc.record({ kind: fc.constantFrom('purchase', 'return', 'damage'), units: fc.nat(9) }),
  fc.record({
    kind: fc.constantFrom('adjustment', 'count'),
    units: fc.integer({ min: -9, max: 9 }),
  }),
  fc.record({ kind: fc.constantFrom('tracked', 'backorder', 'not_tracked'), units: fc.nat(5) }),
);
type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never;

function take(stock: Stock, { kind, units }: Step): Moved | null {
  const held = Math.min(units, stock.state.reserved);
  switch (kind) {
    case 'reserve':
      return reserve(stock, units).unwrapOr(null);
    case 'release':
      return held === 0 ? null : stock.release(held, cause);
    case 'fulfil':
      return held === 0 ? null : stock.fulfil(held, cause);
    case 'restock':
      return units === 0 ? null : stock.restock(units, cause).unwrapOr(null);
    case 'count':
      return stock.revise({ counted: units }, cause).unwrapOr(null);
    case 'tracked':
    case 'backorder':
    case 'not_tracked': {
      const limit = kind === 'backorder' && units < 5 ? units : null;
      const tracking = defineTracking(kind, limit)._unsafeUnwrap();
      return stock.revise({ tracking }, cause).unwrapOr(null);
    }
    case 'purchase':
    case 'return':
    case 'damage':
    case 'adjustment':
      return stock.post(kind, units, cause).unwrapOr(null);
  }
}

test('whatever happens to an account, its columns are the sums of its ledger and nothing falls too low', () => {
  fc.assert(
    fc.property(fc.nat({ max: 20 }), fc.array(anyStep, { maxLength: 40 }), (units, steps) => {
      let { stock } = open(units);
      const ledger: StockMovement[] = [...open(units).movements];
      for (const step of steps) {
        const moved = take(stock, step);
        if (moved === null) continue;
        for (const line of moved.movements) {
          expect(line.onHandAfter - line.onHandDelta).toBe(stock.state.onHand);
          expect(line.reservedAfter - line.reservedDelta).toBe(stock.state.reserved);
          expect(line.onHandDelta !== 0 || line.reservedDelta !== 0).toBe(true);
        }
        stock = moved.stock;
        ledger.push(...moved.movements);
        const { onHand, reserved, tracking } = stock.state;
        expect(ledger.reduce((sum, line) => sum + line.onHandDelta, 0)).toBe(onHand);
        expect(ledger.reduce((sum, line) => sum + line.reservedDelta, 0)).toBe(reserved);
        expect(reserved).toBeGreaterThanOrEqual(0);
        expect(stock.available).toBeGreaterThanOrEqual(lowestAvailable(tracking));
        if (tracking.mode === 'tracked') expect(onHand).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 200 },
  );
});
