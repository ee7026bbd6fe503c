import { describe, expect, test } from 'vitest';

import type { FulfilmentId, OrderId, OrderItemId, ReturnId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { fulfilmentStatusOf } from './order-standing.ts';
import { Return } from './return.aggregate.ts';
import { returnableUnits, returnedUnits } from './returnable-units.ts';

const at = (milliseconds: number) => milliseconds as Instant;
const item = (id: string) => id as OrderItemId;
const returnable = new Map([
  [item('cup'), 2],
  [item('pot'), 1],
]);
const asked = {
  id: 'return' as ReturnId,
  orderId: 'order' as OrderId,
  lines: [
    { itemId: 'cup', quantity: 2 },
    { itemId: 'pot', quantity: 1 },
  ],
  reason: ' Too small ',
  at: at(1),
};
const requested = Return.request(asked, returnable)._unsafeUnwrap();
const stored = Return.restore(requested.state, requested.version);
const received = stored
  .receive([{ itemId: 'cup', quantity: 1, restock: true }], null, at(2))
  ._unsafeUnwrap();

describe('a return', () => {
  test('is announced by unit, with a reason, and is told of', () => {
    expect(requested.state).toEqual({
      id: 'return',
      orderId: 'order',
      lines: [
        { itemId: 'cup', quantity: 2, received: 0, restock: false },
        { itemId: 'pot', quantity: 1, received: 0, restock: false },
      ],
      reason: 'Too small',
      status: { name: 'requested' },
      refundId: null,
      exchangeOrderId: null,
      requestedAt: 1,
    });
    expect(requested.pending).toEqual([
      {
        type: 'ordering.return_requested',
        schemaVersion: 1,
        aggregateId: 'return',
        aggregateVersion: 1,
        occurredAt: 1,
        payload: { returnId: 'return', orderId: 'order', lines: asked.lines },
      },
    ]);
  });

  test.each([
    ['of nothing', { lines: [] }, 'ordering.return_of_nothing'],
    [
      'of more than has left',
      { lines: [{ itemId: 'cup', quantity: 3 }] },
      'ordering.too_many_units',
    ],
    [
      'of what was not bought',
      { lines: [{ itemId: 'hat', quantity: 1 }] },
      'ordering.order_item_not_found',
    ],
    ['for a reason of 501 characters', { reason: 'x'.repeat(501) }, 'core.invalid_text'],
  ])('%s is refused', (_what, change, code) => {
    const outcome = Return.request({ ...asked, ...change }, returnable);
    expect(outcome._unsafeUnwrapErr().code).toBe(code);
  });

  test('is received as it came: fewer units, some of them for sale again', () => {
    expect(received.state).toMatchObject({
      status: { name: 'received', at: 2 },
      lines: [
        { itemId: 'cup', quantity: 2, received: 1, restock: true },
        { itemId: 'pot', quantity: 1, received: 0, restock: false },
      ],
    });
    expect(received.pending).toMatchObject([
      {
        type: 'ordering.return_received',
        aggregateVersion: 2,
        payload: { lines: [{ itemId: 'cup', quantity: 1, restock: true }] },
      },
    ]);
  });

  test('is not received without a unit, nor with more than were announced', () => {
    expect(stored.receive([], null, at(2))._unsafeUnwrapErr().code).toBe(
      'ordering.return_of_nothing',
    );
    const tooMany = [{ itemId: 'pot', quantity: 2, restock: false }];
    expect(stored.receive(tooMany, null, at(2))._unsafeUnwrapErr().code).toBe(
      'ordering.too_many_units',
    );
  });

  test('is over once it was received or cancelled', () => {
    const cancelled = stored.cancel(at(3))._unsafeUnwrap();
    expect(cancelled.state.status).toEqual({ name: 'cancelled', at: 3 });
    for (const over of [received, cancelled]) {
      const { name: status } = over.state.status;
      const error = { code: 'ordering.return_is_over', status };
      expect(over.cancel(at(4))._unsafeUnwrapErr()).toEqual(error);
      const lines = [{ itemId: 'cup', quantity: 1, restock: true }];
      expect(over.receive(lines, null, at(4))._unsafeUnwrapErr()).toEqual(error);
    }
    expect(cancelled.exchange('new' as OrderId, at(4))._unsafeUnwrapErr().code).toBe(
      'ordering.return_is_over',
    );
  });

  test('is exchanged once, before or after it came', () => {
    for (const open of [stored, received]) {
      const exchanged = open.exchange('new' as OrderId, at(5))._unsafeUnwrap();
      expect(exchanged.state.exchangeOrderId).toBe('new');
      expect(exchanged.exchange('other' as OrderId, at(6))._unsafeUnwrapErr()).toEqual({
        code: 'ordering.already_exchanged',
        exchangeOrderId: 'new',
      });
    }
  });

  test('is exchanged anew only when the order that went out for it was called off', () => {
    const exchanged = stored.exchange('new' as OrderId, at(5))._unsafeUnwrap();
    const refused = { code: 'ordering.already_exchanged', exchangeOrderId: 'new' };
    const other = 'other' as OrderId;
    expect(exchanged.exchange(other, at(6), 'pending')._unsafeUnwrapErr()).toEqual(refused);
    const anew = exchanged.exchange(other, at(6), 'cancelled')._unsafeUnwrap();
    expect(anew.state.exchangeOrderId).toBe('other');
  });

  test('is not cancelled while an order goes out for it', () => {
    const exchanged = stored.exchange('new' as OrderId, at(5))._unsafeUnwrap();
    const refused = { code: 'ordering.already_exchanged', exchangeOrderId: 'new' };
    expect(exchanged.cancel(at(6))._unsafeUnwrapErr()).toEqual(refused);
    expect(exchanged.cancel(at(6), 'shipped')._unsafeUnwrapErr()).toEqual(refused);
    expect(exchanged.cancel(at(6), 'cancelled')._unsafeUnwrap().state.status.name).toBe(
      'cancelled',
    );
  });
});

describe('what may be returned', () => {
  const order = {
    items: [
      { id: item('cup'), quantity: 3 },
      { id: item('pot'), quantity: 1 },
    ],
    fulfilments: [
      {
        id: 'parcel' as FulfilmentId,
        lines: [{ itemId: item('cup'), quantity: 3 }],
        carrier: null,
        trackingNumber: null,
        at: at(0),
      },
    ],
    refunds: [],
  };
  const left = (...returns: readonly Return[]) =>
    Object.fromEntries(
      returnableUnits(
        order,
        returns.map(({ state }) => state),
      ),
    );

  test('is what has left, less what is announced, or came', () => {
    expect(left()).toEqual({ cup: 3, pot: 0 });
    const two = [{ itemId: 'cup', quantity: 2 }];
    const one = Return.request({ ...asked, lines: two }, returnable)._unsafeUnwrap();
    expect(left(one)).toEqual({ cup: 1, pot: 0 });
    expect(left(one.cancel(at(2))._unsafeUnwrap())).toEqual({ cup: 3, pot: 0 });
    const came = [{ itemId: 'cup', quantity: 1, restock: false }];
    const back = one.receive(came, null, at(2))._unsafeUnwrap();
    expect(left(back)).toEqual({ cup: 2, pot: 0 });
    expect(returnedUnits([back.state, one.state])).toBe(1);
  });

  test('once all of a shipped order is back, it is returned', () => {
    const shipped = { ...order, items: order.items.slice(0, 1) };
    expect(fulfilmentStatusOf(shipped, 2)).toBe('fulfilled');
    expect(fulfilmentStatusOf(shipped, 3)).toBe('returned');
    expect(fulfilmentStatusOf(order, 3)).toBe('partially_fulfilled');
  });
});
