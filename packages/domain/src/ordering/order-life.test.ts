import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { FulfilmentId, OrderItemId, RefundId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { anyOrderPlacement } from '../testing/order-placement.arbitrary.ts';
import { legalNextOf, ORDER_STATUSES, type OrderStatusName } from './order-status.value.ts';
import { Order, type PlaceOrderInput } from './order.aggregate.ts';

const at = (milliseconds: number) => milliseconds as Instant;
const parcel = { id: 'parcel' as FulfilmentId, carrier: 'Royal Mail', trackingNumber: 'RM-123' };
const [input] = fc.sample(
  anyOrderPlacement().filter(
    ({ items, totals }) =>
      items.length === 2 &&
      items.every(({ quantity, total }) => quantity > 1 && total.minorUnits > 0n) &&
      totals.shipping.minorUnits > 0n,
  ),
  { numRuns: 1, seed: 42 },
) as [PlaceOrderInput];
const [first, second] = input.items.map(({ id, quantity }) => ({ itemId: id, quantity })) as [
  { itemId: OrderItemId; quantity: number },
  { itemId: OrderItemId; quantity: number },
];
const unitsOf = ({ variantId, quantity }: PlaceOrderInput['items'][number]) => ({
  variantId,
  quantity,
});

/** The order in each of its states, saved, and with nothing shipped before all is. */
const pending = Order.restore(Order.place(input)._unsafeUnwrap().state, 1);
const saved = (order: Order) => Order.restore(order.state, order.version);
const confirmed = saved(pending.confirm(at(1))._unsafeUnwrap());
const processing = saved(confirmed.startProcessing(at(2))._unsafeUnwrap());
const shipped = saved(processing.shipAll(parcel, at(3))._unsafeUnwrap());
const delivered = saved(shipped.deliver(at(4))._unsafeUnwrap());
const cancelled = saved(processing.cancel('No longer wanted', at(5))._unsafeUnwrap());
const orders = { pending, confirmed, processing, shipped, delivered, cancelled };

const legal = {
  pending: ['confirmed', 'cancelled'],
  confirmed: ['processing', 'cancelled'],
  processing: ['shipped', 'cancelled'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
} as const satisfies Record<OrderStatusName, readonly OrderStatusName[]>;

function goTo(order: Order, to: OrderStatusName) {
  switch (to) {
    case 'pending':
      return null;
    case 'confirmed':
      return order.confirm(at(9));
    case 'processing':
      return order.startProcessing(at(9));
    case 'shipped':
      return order.shipAll(parcel, at(9));
    case 'delivered':
      return order.deliver(at(9));
    case 'cancelled':
      return order.cancel('', at(9));
  }
}

describe('an order', () => {
  const steps = ORDER_STATUSES.flatMap((from) => ORDER_STATUSES.map((to) => [from, to] as const));
  const isLegal = ([from, to]: (typeof steps)[number]) =>
    (legal[from] as readonly OrderStatusName[]).includes(to);

  test.each(steps.filter(isLegal))('that is %s may be %s next', (from, to) => {
    const next = goTo(orders[from], to)?._unsafeUnwrap();
    expect(next?.state.status).toMatchObject({ name: to, at: 9 });
    expect(next?.version).toBe(orders[from].version + 1);
    expect(next?.pending).toMatchObject([{ aggregateVersion: orders[from].version + 1 }]);
  });

  test.each(steps.filter((step) => !isLegal(step) && step[1] !== 'pending'))(
    'that is %s is not %s next, and says what it may be',
    (from, to) => {
      expect(goTo(orders[from], to)?._unsafeUnwrapErr()).toEqual({
        code: 'ordering.illegal_transition',
        from,
        to,
        legal: legal[from],
      });
    },
  );

  test.each(ORDER_STATUSES.filter((status) => status !== 'processing'))(
    'that is %s sends nothing off',
    (from) => {
      expect(orders[from].fulfil([first], parcel, at(9))._unsafeUnwrapErr()).toMatchObject({
        code: 'ordering.illegal_transition',
        from,
        to: 'shipped',
      });
    },
  );

  test.each(ORDER_STATUSES)('that is %s has the next states that the rules name', (status) => {
    expect(orders[status].legalNext).toEqual(legal[status]);
    expect(legalNextOf(status, { hasShippedUnits: false })).toEqual(legal[status]);
  });

  test('keeps of each state what exists in it alone', () => {
    expect(pending.state.status).toEqual({ name: 'pending' });
    expect(cancelled.state.status).toEqual({
      name: 'cancelled',
      at: 5,
      reason: 'No longer wanted',
    });
  });

  test('keeps its reason to be cancelled short and readable', () => {
    const refusal = { code: 'core.invalid_text', path: ['reason'] };
    expect(pending.cancel('x'.repeat(501), at(9))._unsafeUnwrapErr()).toMatchObject(refusal);
    expect(pending.cancel('a\0b', at(9))._unsafeUnwrapErr()).toMatchObject(refusal);
    expect(pending.cancel('x'.repeat(500), at(9)).isOk()).toBe(true);
    expect(delivered.cancel('a\0b', at(9))._unsafeUnwrapErr()).toMatchObject({
      code: 'ordering.illegal_transition',
    });
  });
});

describe('a parcel', () => {
  const part = { ...first, quantity: first.quantity - 1 };
  const partly = processing.fulfil([second, part], parcel, at(6))._unsafeUnwrap();

  test('of some units leaves the order in processing, and nobody cancels it any more', () => {
    expect(partly.state.status).toEqual({ name: 'processing', at: 2 });
    expect(partly.state.fulfilments).toEqual([{ ...parcel, lines: [part, second], at: 6 }]);
    expect(partly.cancel('', at(9))._unsafeUnwrapErr()).toMatchObject({ legal: ['shipped'] });
    expect(partly.legalNext).toEqual(['shipped']);
  });

  test('of the last units makes the order shipped', () => {
    const last = partly.fulfil([{ ...first, quantity: 1 }], parcel, at(7))._unsafeUnwrap();
    expect(last.state.status).toEqual({ name: 'shipped', at: 7 });
    expect(partly.shipAll(parcel, at(7))._unsafeUnwrap().state).toEqual(last.state);
  });

  test('holds units that were bought and have not left', () => {
    const refusalOf = (itemId: string, quantity: number) =>
      partly.fulfil([{ itemId, quantity }], parcel, at(9))._unsafeUnwrapErr();
    expect(refusalOf(first.itemId, 2)).toEqual({
      code: 'ordering.too_many_units',
      path: ['lines', 0, 'quantity'],
      itemId: first.itemId,
      requested: 2,
      left: 1,
    });
    expect(refusalOf(second.itemId, 1)).toMatchObject({ left: 0 });
    expect(refusalOf('cup', 1)).toMatchObject({ code: 'ordering.order_item_not_found' });
    expect(refusalOf(first.itemId, 0)).toMatchObject({ code: 'ordering.invalid_units' });
  });

  test('of nothing is none', () => {
    expect(partly.fulfil([], parcel, at(9))._unsafeUnwrapErr()).toEqual({
      code: 'ordering.fulfilment_of_nothing',
    });
  });

  test('may go without a carrier and a number, but not with unreadable ones', () => {
    const send = (change: object) => processing.shipAll({ ...parcel, ...change }, at(9));
    const bare = { carrier: null, trackingNumber: null };
    expect(send(bare)._unsafeUnwrap().state.fulfilments).toMatchObject([bare]);
    for (const field of ['carrier', 'trackingNumber'])
      for (const text of ['', 'x'.repeat(201), 'a\nb'])
        expect(send({ [field]: text })._unsafeUnwrapErr()).toMatchObject({
          code: 'core.invalid_text',
          path: [field],
        });
  });
});

describe('a refund of an order', () => {
  const note = { id: 'refund' as RefundId, reason: 'Broken on arrival', at: at(8) };

  test.each(ORDER_STATUSES)('may be given while it is %s, and changes no other thing', (status) => {
    const order = orders[status];
    const next = order.refund({ shipping: 'all' }, note)._unsafeUnwrap();
    const { refund } = order.refundable.refund({ shipping: 'all' })._unsafeUnwrap();
    expect(next.state).toEqual({ ...order.state, refunds: [{ ...refund, ...note }] });
    expect(next.refund({ shipping: 'all' }, note)._unsafeUnwrapErr()).toEqual({
      code: 'ordering.refund_of_nothing',
    });
  });

  test('of all that was bought pays back the total, to the minor unit', () => {
    const all = delivered.refund({ lines: [first, second], shipping: 'all' }, note)._unsafeUnwrap();
    expect(all.state.refunds).toMatchObject([
      { amount: input.totals.total, tax: input.totals.tax },
    ]);
    expect(all.refundable.rest.amount).toEqual(Money.zero(input.currency));
  });

  test('says why, in words that can be read', () => {
    const unreadable = { ...note, reason: 'a\0b' };
    expect(delivered.refund({ shipping: 'all' }, unreadable)._unsafeUnwrapErr()).toMatchObject({
      code: 'core.invalid_text',
      path: ['reason'],
    });
  });
});

describe('units that are paid back', () => {
  const { itemId, quantity } = first;
  const one = [{ itemId, quantity: 1 }];
  const back = (order: Order, lines: readonly (typeof first)[], isForReturn = false) =>
    order
      .refund({ lines }, { id: 'refund' as RefundId, reason: '', at: at(8), isForReturn })
      ._unsafeUnwrap();
  const lastLines = (order: Order) => order.state.fulfilments.at(-1)?.lines;
  const withheldBy = (order: Order) => order.state.refunds.at(-1)?.lines[0]?.withheld;

  test('before they left do not leave, and the order is shipped without them', () => {
    const order = back(processing, one).shipAll(parcel, at(9))._unsafeUnwrap();
    expect(lastLines(order)).toEqual([{ itemId, quantity: quantity - 1 }, second]);
    expect([order.state.status.name, order.hasWithheldTheRest]).toEqual(['shipped', true]);
    const tooMany = back(processing, one).fulfil([first], parcel, at(9));
    expect(tooMany._unsafeUnwrapErr()).toMatchObject({ left: quantity - 1 });
  });

  test('are first those that have not left', () => {
    const partly = processing.fulfil(one, parcel, at(7))._unsafeUnwrap();
    expect(withheldBy(back(partly, one))).toBe(1);
    expect(withheldBy(back(partly, [first]))).toBe(quantity - 1);
    expect(withheldBy(back(shipped, [first]))).toBe(0);
    expect(shipped.hasWithheldTheRest).toBe(false);
  });

  test('for a return are first those that have left', () => {
    const partly = processing.fulfil(one, parcel, at(7))._unsafeUnwrap();
    const returned = back(partly, one, true);
    expect(withheldBy(returned)).toBe(0);
    expect(withheldBy(back(returned, one, true))).toBe(1);
    const rest = returned.shipAll(parcel, at(9))._unsafeUnwrap();
    expect(lastLines(rest)).toEqual([{ itemId, quantity: quantity - 1 }, second]);
  });

  test('as all that was left make an order shipped of which others have left', () => {
    const partly = processing.fulfil([first], parcel, at(7))._unsafeUnwrap();
    const order = back(partly, [second]);
    expect(order.state.status).toEqual({ name: 'shipped', at: at(8) });
    expect(order.deliver(at(9)).isOk()).toBe(true);
  });

  test('as the whole order leave nothing to ship, and an order that may be cancelled', () => {
    const order = back(processing, [first, second]);
    expect(order.state.status.name).toBe('processing');
    expect(order.hasWithheldTheRest).toBe(true);
    expect(order.shipAll(parcel, at(9))._unsafeUnwrapErr().code).toBe(
      'ordering.fulfilment_of_nothing',
    );
    expect(order.cancel('', at(9)).isOk()).toBe(true);
  });
});

describe('what happens to an order is announced', () => {
  const reference = { orderId: input.id, number: input.number };
  const note = { id: 'refund' as RefundId, reason: 'Broken', at: at(8) };
  const eventOf = (order: Order) => order.pending.at(-1);

  test.each([
    ['ordering.order_confirmed', pending.confirm(at(8))],
    ['ordering.order_processing_started', confirmed.startProcessing(at(8))],
    ['ordering.order_delivered', shipped.deliver(at(8))],
  ] as const)('%s', (type, outcome) => {
    const order = outcome._unsafeUnwrap();
    expect(eventOf(order)).toEqual({
      type,
      schemaVersion: 1,
      aggregateId: input.id,
      aggregateVersion: order.version,
      occurredAt: 8,
      payload: reference,
    });
  });

  test('with the units that left, and whether they were the last ones', () => {
    const units = [first, second].map((line, index) => ({
      ...line,
      variantId: input.items[index]?.variantId,
    }));
    const sent = {
      ...reference,
      fulfilmentId: 'parcel',
      carrier: 'Royal Mail',
      trackingNumber: 'RM-123',
    };
    expect(eventOf(processing.shipAll(parcel, at(8))._unsafeUnwrap())).toMatchObject({
      type: 'ordering.order_fulfilled',
      payload: { ...sent, lines: units, complete: true },
    });
    expect(eventOf(processing.fulfil([second], parcel, at(8))._unsafeUnwrap())).toMatchObject({
      payload: { ...sent, lines: units.slice(1), complete: false },
    });
  });

  test('with the units that are given back when it is cancelled', () => {
    expect(eventOf(confirmed.cancel(' expired ', at(8))._unsafeUnwrap())).toMatchObject({
      type: 'ordering.order_cancelled',
      occurredAt: 8,
      payload: { ...reference, reason: 'expired', items: input.items.map(unitsOf) },
    });
  });

  test('with what goes back when it is refunded', () => {
    const order = delivered.refund({ lines: [first], shipping: 'all' }, note)._unsafeUnwrap();
    const [refund] = order.state.refunds;
    const lines = refund?.lines.map(({ withheld: _, ...line }) => line);
    expect(eventOf(order)).toMatchObject({
      type: 'ordering.order_refunded',
      payload: JSON.parse(
        JSON.stringify({
          ...reference,
          refundId: 'refund',
          reason: 'Broken',
          amount: refund?.amount,
          tax: refund?.tax,
          lines,
          shipping: refund?.shipping,
        }),
      ) as object,
    });
  });
});
