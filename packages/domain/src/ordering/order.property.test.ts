import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseCurrency } from '../core/currency.value.ts';
import { Money } from '../core/money.value.ts';
import { freezeItem, freezeShipping, totalsOf } from '../testing/frozen-price.draft.ts';
import { anyOrderPlacement } from '../testing/order-placement.arbitrary.ts';
import type { OrderItem } from './frozen-price.value.ts';
import { Order, type PlaceOrderInput } from './order.aggregate.ts';

const eur = parseCurrency('EUR')._unsafeUnwrap();
const gbp = parseCurrency('GBP')._unsafeUnwrap();
const REFUSED = { code: 'ordering.totals_do_not_add_up' };
const [placement] = fc.sample(anyOrderPlacement(), { numRuns: 1, seed: 42 });
const input = placement as PlaceOrderInput;
const refusalOf = (changed: PlaceOrderInput) => Order.place(changed)._unsafeUnwrapErr();
const place = (changes: Partial<PlaceOrderInput>) => Order.place({ ...input, ...changes });

/** Every value that differs from this one in one amount alone, however deep it lies. */
function withOneAmountChanged<Value>(value: Value, change: (amount: Money) => Money): Value[] {
  if (value instanceof Money) return [change(value) as Value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, part]: [string, unknown]) =>
    withOneAmountChanged(part, change).map((changed) =>
      Array.isArray(value)
        ? (value.with(Number(field), changed) as Value)
        : { ...value, [field]: changed },
    ),
  );
}

/** The same value with arrays and records of its own; money stays what it is. */
function ownCopyOf<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || value instanceof Money) return value;
  if (Array.isArray(value)) return value.map(ownCopyOf) as Value;
  const entries = Object.entries(value).map(([field, part]: [string, unknown]) => [
    field,
    ownCopyOf(part),
  ]);
  return Object.fromEntries(entries) as Value;
}

/** Takes everything out of every array and record that can be changed. */
function emptyOut(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  for (const part of Object.values(value)) emptyOut(part);
  if (Array.isArray(value)) value.length = 0;
  for (const field of Object.keys(value)) Reflect.deleteProperty(value, field);
}

/** The same order of one unit of one thing, without tax, promotions and cost of shipping. */
function pricedAs({ unitPrice }: { unitPrice: bigint }): PlaceOrderInput {
  const terms = { ...input, isExempt: false, promotions: [] };
  const { id, productId, variantId, sku, name } = input.items[0] as OrderItem;
  const nothing = { percentagesOff: [], taxRates: [] };
  const draft = { id, productId, variantId, sku, name, quantity: 1, unitPrice, ...nothing };
  const items = [freezeItem(draft, terms)];
  const shipping = freezeShipping({ method: 'standard', rate: 0n, ...nothing }, terms);
  return { ...input, items, shipping, ...totalsOf({ items, shipping }, terms) };
}

describe('an order', () => {
  test('is placed as it was priced, and waits to be confirmed', () => {
    fc.assert(
      fc.property(anyOrderPlacement(), (placed) => {
        const order = Order.place(placed)._unsafeUnwrap();
        const { at, ...frozen } = placed;
        expect(order.state).toEqual({
          ...frozen,
          status: { name: 'pending' },
          fulfilments: [],
          refunds: [],
          placedAt: at,
        });
        expect(order.shippingMethod).toBe(placed.shipping.method);
        expect(order.version).toBe(1);
      }),
    );
  });

  test('is announced with its total and what was bought', () => {
    const order = place({})._unsafeUnwrap();
    expect(order.pending).toEqual([
      {
        type: 'ordering.order_placed',
        schemaVersion: 1,
        aggregateId: input.id,
        aggregateVersion: 1,
        occurredAt: input.at,
        payload: {
          orderId: input.id,
          number: 'KAS-2026-000001',
          customerId: input.customerId,
          total: input.totals.total.toJSON(),
          items: input.items.map(({ variantId, quantity }) => ({ variantId, quantity })),
        },
      },
    ]);
    expect(JSON.parse(JSON.stringify(order.pending))).toEqual(order.pending);
  });

  test('is refused when any one of its amounts is another', () => {
    const anyDifference = fc
      .bigInt({ min: -(10n ** 6n), max: 10n ** 6n })
      .filter((difference) => difference !== 0n);
    fc.assert(
      fc.property(anyOrderPlacement(), anyDifference, (order, difference) => {
        const changed = withOneAmountChanged(order, ({ minorUnits, currency }) =>
          Money.of(minorUnits + difference, currency)._unsafeUnwrap(),
        );
        for (const other of changed) expect(refusalOf(other)).toEqual(REFUSED);
      }),
    );
  });

  test('is refused when any one of its amounts is in another currency', () => {
    fc.assert(
      fc.property(anyOrderPlacement(), (order) => {
        const changed = withOneAmountChanged(order, ({ minorUnits, currency }) =>
          Money.of(minorUnits, currency === eur ? gbp : eur)._unsafeUnwrap(),
        );
        for (const other of changed) expect(refusalOf(other)).toEqual(REFUSED);
      }),
    );
  });

  test('is refused when its amounts are not in its own currency', () => {
    const currency = input.currency === eur ? gbp : eur;
    expect(refusalOf({ ...input, currency })).toEqual(REFUSED);
  });

  test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'is refused with %d units of something, even of something that costs nothing',
    (quantity) => {
      const free = pricedAs({ unitPrice: 0n });
      const [first] = free.items;
      const item = { ...first, quantity, units: [{ ...first?.units[0], quantity }] } as OrderItem;
      expect(refusalOf({ ...free, items: [item] })).toEqual(REFUSED);
      expect(Order.place(free).isOk()).toBe(true);
    },
  );

  test('is refused when a discount below zero makes it dearer, though all adds up', () => {
    const money = (minorUnits: bigint) => Money.of(minorUnits, input.currency)._unsafeUnwrap();
    const discounted = (discount: bigint): PlaceOrderInput => {
      const simple = pricedAs({ unitPrice: 10n });
      const amounts = { discount: money(discount), total: money(10n - discount) };
      const shares = [{ promotionId: 'offer', amount: money(discount) }];
      const units = [{ quantity: 1, total: money(10n - discount), tax: money(0n) }];
      const items = simple.items.map((item) => ({ ...item, ...amounts, discounts: shares, units }));
      const offer = {
        promotionId: 'offer',
        name: 'Offer',
        class: 'line' as const,
        couponCode: null,
        discount: money(discount),
        shippingDiscount: money(0n),
      };
      return { ...simple, items, promotions: [offer], totals: { ...simple.totals, ...amounts } };
    };
    expect(Order.place(discounted(10n)).isOk()).toBe(true);
    expect(refusalOf(discounted(-1n))).toEqual(REFUSED);
    expect(refusalOf(discounted(11n))).toEqual(REFUSED);
  });

  test('of nothing is no order', () => {
    expect(place({ items: [] })._unsafeUnwrapErr()).toEqual({ code: 'ordering.cart_empty' });
  });

  test('carries notes of at most 2,000 characters', () => {
    expect(place({ notes: ' two\nlines ' })._unsafeUnwrap().state.notes).toBe('two\nlines');
    expect(place({ notes: 'x'.repeat(2_000) }).isOk()).toBe(true);
    expect(place({ notes: 'x'.repeat(2_001) })._unsafeUnwrapErr()).toMatchObject({
      code: 'core.invalid_text',
      path: ['notes'],
      reason: 'too_long',
    });
    expect(place({ notes: 'a\0b' }).isErr()).toBe(true);
  });

  test('is refused when a promotion took off what no share says, or a share has no promotion', () => {
    const [promotion] = input.promotions;
    expect(refusalOf({ ...input, promotions: [...input.promotions, ...input.promotions] })).toEqual(
      REFUSED,
    );
    fc.assert(
      fc.property(anyOrderPlacement(), (placed) => {
        const took = placed.promotions.findIndex(
          ({ discount, shippingDiscount }) =>
            discount.minorUnits + shippingDiscount.minorUnits > 0n,
        );
        fc.pre(took !== -1);
        expect(refusalOf({ ...placed, promotions: placed.promotions.toSpliced(took, 1) })).toEqual(
          REFUSED,
        );
      }),
    );
    expect(promotion).toBeDefined();
  });

  test('is refused when its runs are not its units, though their amounts add up', () => {
    const free = pricedAs({ unitPrice: 0n });
    const [item] = free.items as [OrderItem];
    const [run] = item.units;
    const withRuns = (...quantities: readonly number[]) => {
      const units = quantities.map(
        (quantity) => ({ ...run, quantity }) as OrderItem['units'][number],
      );
      return { ...free, items: [{ ...item, quantity: 3, units }] };
    };
    expect(Order.place(withRuns(3)).isOk()).toBe(true);
    expect(Order.place(withRuns(1, 2)).isOk()).toBe(true);
    for (const quantities of [[2], [1, 1], [4], [], [4, -1], [3, 0], [1.5, 1.5]])
      expect(refusalOf(withRuns(...quantities))).toEqual(REFUSED);
  });

  test('is refused when less is to be paid than price and discount say, though all adds up', () => {
    const cheap = pricedAs({ unitPrice: 10n });
    const total = Money.of(9n, input.currency)._unsafeUnwrap();
    const items = cheap.items.map((item) => ({
      ...item,
      total,
      units: item.units.map((run) => ({ ...run, total })),
    }));
    expect(Order.place(cheap).isOk()).toBe(true);
    expect(refusalOf({ ...cheap, items, totals: { ...cheap.totals, total } })).toEqual(REFUSED);
  });

  test('is refused when the same item stands in it twice', () => {
    const free = pricedAs({ unitPrice: 0n });
    expect(refusalOf({ ...free, items: [...free.items, ...free.items] })).toEqual(REFUSED);
  });

  test('does not change when what it was made of changes', () => {
    fc.assert(
      fc.property(anyOrderPlacement(), (placed) => {
        const { items, shipping, promotions, totals } = placed;
        const own = ownCopyOf({ items, shipping, promotions, totals });
        const order = Order.place({ ...placed, ...own })._unsafeUnwrap();
        emptyOut(own);
        expect(order.state).toMatchObject({ items, shipping, promotions, totals });
        expect(Object.isFrozen(order)).toBe(true);
        expect(Object.isFrozen(order.state)).toBe(true);
      }),
    );
  });
});
