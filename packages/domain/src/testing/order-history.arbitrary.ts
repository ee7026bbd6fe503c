import fc from 'fast-check';
import type { Result } from 'neverthrow';

import type { FulfilmentId, RefundId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Order } from '../ordering/order.aggregate.ts';
import { unitsToShip as leftToShip } from '../ordering/units-to-ship.ts';
import { anyId } from './identifier.arbitrary.ts';
import { anyInstant } from './instant.arbitrary.ts';
import { anyOrderPlacement } from './order-placement.arbitrary.ts';
import { anyRefundWish, requestOf, type RefundWish } from './refund-wish.arbitrary.ts';

/** Something that somebody tries with an order, whether or not its state allows it. */
export type OrderStep =
  | {
      readonly kind: 'confirm' | 'start_processing' | 'ship_all' | 'deliver' | 'cancel';
      readonly note: Note;
    }
  /** Of each item these thousandths of what has not left yet. */
  | { readonly kind: 'fulfil'; readonly shares: readonly number[]; readonly note: Note }
  | { readonly kind: 'refund'; readonly wish: RefundWish; readonly note: Note };

type Note = {
  readonly id: string;
  readonly at: Instant;
  readonly reason: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
};

/** An order as it was after each change, the placing first. */
export type OrderHistory = readonly [Order, ...Order[]];

const anyNote: fc.Arbitrary<Note> = fc.record({
  id: anyId<string>(),
  at: anyInstant(),
  reason: fc.constantFrom('', 'expired', 'Broken\non arrival'),
  carrier: fc.constantFrom(null, 'Royal Mail'),
  trackingNumber: fc.constantFrom(null, 'RM-123'),
});

/** Steps forward are as likely as all others together, or hardly an order would be delivered. */
export function anyOrderStep(): fc.Arbitrary<OrderStep> {
  const forward = ['confirm', 'start_processing', 'ship_all', 'deliver'] as const;
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constantFrom(...forward), note: anyNote }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), note: anyNote }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('fulfil' as const),
        shares: fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 5 }),
        note: anyNote,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('refund' as const),
        wish: anyRefundWish(),
        note: anyNote,
      }),
    },
  );
}

/** Tries a step: the next order, or why its life does not have it. */
export function takeStep(step: OrderStep, order: Order): Result<Order, { readonly code: string }> {
  const { note } = step;
  const parcel = { ...note, id: note.id as FulfilmentId };
  switch (step.kind) {
    case 'confirm':
      return order.confirm(note.at);
    case 'start_processing':
      return order.startProcessing(note.at);
    case 'ship_all':
      return order.shipAll(parcel, note.at);
    case 'deliver':
      return order.deliver(note.at);
    case 'cancel':
      return order.cancel(note.reason, note.at);
    case 'fulfil':
      return order.fulfil(unitsToShip(step.shares, order), parcel, note.at);
    case 'refund':
      return order.refund(requestOf(step.wish, order.refundable.rest), {
        ...note,
        id: note.id as RefundId,
      });
  }
}

/** A placed order and what became of it: every state in it is one that an order can come to. */
export function anyOrderHistory(): fc.Arbitrary<OrderHistory> {
  return fc
    .tuple(anyOrderPlacement(), fc.array(anyOrderStep(), { maxLength: 20 }))
    .map(([placement, steps]) => {
      const placed = Order.place(placement)._unsafeUnwrap();
      const later: Order[] = [];
      for (const step of steps) {
        const next = takeStep(step, later.at(-1) ?? placed);
        if (next.isOk()) later.push(next.value);
      }
      return [placed, ...later];
    });
}

function unitsToShip(shares: readonly number[], { state }: Order) {
  return [...leftToShip(state)].flatMap(([id, left], index) => {
    const units = Math.ceil((left * (shares[index] ?? 0)) / 1_000);
    return units === 0 ? [] : [{ itemId: id, quantity: units }];
  });
}
