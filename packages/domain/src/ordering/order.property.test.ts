import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseCurrency } from '../core/currency.value.ts';
import { Money } from '../core/money.value.ts';
import { anyOrderPlacement } from '../testing/order-placement.arbitrary.ts';
import { Order, type OrderItem, type PlaceOrderInput } from './order.aggregate.ts';

const eur = parseCurrency('EUR')._unsafeUnwrap();
const gbp = parseCurrency('GBP')._unsafeUnwrap();
const AMOUNTS_OF_ITEM = ['unitPrice', 'subtotal', 'discount', 'tax', 'total'] as const;
const TOTALS = ['subtotal', 'discount', 'shipping', 'tax', 'total'] as const;
const REFUSED = { code: 'ordering.totals_do_not_add_up' };
const [placement] = fc.sample(anyOrderPlacement(), { numRuns: 1, seed: 42 });
const input = placement as PlaceOrderInput;
const refusalOf = (changed: PlaceOrderInput) => Order.place(changed)._unsafeUnwrapErr();
const place = (changes: Partial<PlaceOrderInput>) => Order.place({ ...input, ...changes });

/** Every order that differs from this one in one amount alone. */
function withOneAmountChanged(
  order: PlaceOrderInput,
  change: (amount: Money) => Money,
): readonly PlaceOrderInput[] {
  const items = order.items.flatMap((item, index) =>
    AMOUNTS_OF_ITEM.map((field) => ({
      ...order,
      items: order.items.with(index, { ...item, [field]: change(item[field]) }),
    })),
  );
  const totals = TOTALS.map((field) => ({
    ...order,
    totals: { ...order.totals, [field]: change(order.totals[field]) },
  }));
  return [...items, ...totals];
}

describe('an order', () => {
  test('is placed as it was priced, and waits to be confirmed', () => {
    fc.assert(
      fc.property(anyOrderPlacement(), (placed) => {
        const order = Order.place(placed)._unsafeUnwrap();
        const { at, ...frozen } = placed;
        expect(order.state).toEqual({ ...frozen, status: 'pending', placedAt: at });
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
      const zero = Money.zero(input.currency);
      const [first] = input.items;
      const item = {
        ...first,
        quantity,
        unitPrice: zero,
        subtotal: zero,
        discount: zero,
        tax: zero,
        total: zero,
      } as OrderItem;
      const totals = { subtotal: zero, discount: zero, shipping: zero, tax: zero, total: zero };
      expect(refusalOf({ ...input, items: [item], totals })).toEqual(REFUSED);
      expect(place({ items: [{ ...item, quantity: 1 }], totals }).isOk()).toBe(true);
    },
  );

  test('is refused when a discount below zero makes it dearer, though all adds up', () => {
    const money = (minorUnits: bigint) => Money.of(minorUnits, input.currency)._unsafeUnwrap();
    const discounted = (discount: bigint): PlaceOrderInput => {
      const amounts = {
        subtotal: money(10n),
        discount: money(discount),
        tax: money(0n),
        total: money(10n - discount),
      };
      const items = input.items
        .slice(0, 1)
        .map((item) => ({ ...item, ...amounts, unitPrice: money(10n), quantity: 1 }));
      return { ...input, items, totals: { ...amounts, shipping: money(0n) } };
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

  test('does not change when what it was made of changes', () => {
    const items = input.items.map((item) => ({ ...item }));
    const totals = { ...input.totals };
    const order = place({ items, totals })._unsafeUnwrap();
    for (const item of items) item.quantity += 1;
    items.length = 0;
    totals.total = Money.zero(input.currency);
    expect(order.state.items).toEqual(input.items);
    expect(order.state.totals).toEqual(input.totals);
    expect(Object.isFrozen(order)).toBe(true);
    expect(Object.isFrozen(order.state)).toBe(true);
  });
});
