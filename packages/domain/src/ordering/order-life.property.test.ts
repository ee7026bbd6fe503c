import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  anyOrderHistory,
  anyOrderStep,
  takeStep,
  type OrderStep,
} from '../testing/order-history.arbitrary.ts';
import { anyOrderPlacement } from '../testing/order-placement.arbitrary.ts';
import { fulfilmentStatusOf } from './order-standing.ts';
import type { OrderStatusName } from './order-status.value.ts';
import { Order } from './order.aggregate.ts';
import { unitsToShip } from './units-to-ship.ts';

/** What a clerk would keep on a card beside the order. */
type Card = {
  status: OrderStatusName;
  version: number;
  /** Still to leave. */
  readonly unitsLeft: Map<string, number>;
  parcels: number;
  refunds: number;
};
type Shop = { order: Order };

const AIMS = {
  confirm: 'confirmed',
  start_processing: 'processing',
  ship_all: 'shipped',
  fulfil: 'shipped',
  deliver: 'delivered',
  cancel: 'cancelled',
} as const satisfies Record<Exclude<OrderStep['kind'], 'refund'>, OrderStatusName>;

function legalOn({ status, parcels }: Card): readonly OrderStatusName[] {
  switch (status) {
    case 'pending':
      return ['confirmed', 'cancelled'];
    case 'confirmed':
      return ['processing', 'cancelled'];
    case 'processing':
      return parcels === 0 ? ['shipped', 'cancelled'] : ['shipped'];
    case 'shipped':
      return ['delivered'];
    case 'delivered':
    case 'cancelled':
      return [];
  }
}

const unitsOn = ({ unitsLeft }: Card) => [...unitsLeft.values()].reduce((a, b) => a + b, 0);

/** Keeps the card as the rules say, and reads from the order whether it did the same. */
function expectSameLife(step: OrderStep, card: Card, shop: Shop): void {
  const before = shop.order;
  const outcome = takeStep(step, before);
  if (step.kind === 'refund') {
    if (outcome.isErr()) {
      expect(outcome.error.code).toBe('ordering.refund_of_nothing');
      return;
    }
    card.refunds += 1;
    // What has not left is paid back first, and does not leave any more.
    for (const { itemId, quantity } of outcome.value.state.refunds.at(-1)?.lines ?? []) {
      const left = card.unitsLeft.get(itemId) ?? 0;
      card.unitsLeft.set(itemId, left - Math.min(left, quantity));
    }
    if (card.status === 'processing' && card.parcels > 0 && unitsOn(card) === 0)
      card.status = 'shipped';
  } else {
    const to = AIMS[step.kind];
    const legal = legalOn(card);
    if (!legal.includes(to)) {
      expect(outcome._unsafeUnwrapErr()).toEqual({
        code: 'ordering.illegal_transition',
        from: card.status,
        to,
        legal,
      });
      return;
    }
    if (outcome.isErr()) {
      expect(outcome.error).toEqual({ code: 'ordering.fulfilment_of_nothing' });
      expect(step.kind === 'fulfil' || unitsOn(card) === 0).toBe(true);
      return;
    }
    if (to === 'shipped') {
      card.parcels += 1;
      for (const { itemId, quantity } of outcome.value.state.fulfilments.at(-1)?.lines ?? [])
        card.unitsLeft.set(itemId, (card.unitsLeft.get(itemId) ?? 0) - quantity);
    }
    card.status = to === 'shipped' && unitsOn(card) > 0 ? 'processing' : to;
  }
  card.version += 1;
  const { state, version, pending } = outcome._unsafeUnwrap();
  expect([state.status.name, version]).toEqual([card.status, card.version]);
  expect([state.fulfilments.length, state.refunds.length]).toEqual([card.parcels, card.refunds]);
  expect(Math.min(...card.unitsLeft.values())).toBeGreaterThanOrEqual(0);
  expect(Object.fromEntries(unitsToShip(state))).toEqual(Object.fromEntries(card.unitsLeft));
  expect(pending.map(({ aggregateVersion }) => aggregateVersion)).toEqual(
    Array.from({ length: version }, (_, index) => index + 1),
  );
  shop.order = outcome._unsafeUnwrap();
}

const asCommand = (step: OrderStep): fc.Command<Card, Shop> => ({
  check: () => true,
  run: (card, shop) => expectSameLife(step, card, shop),
  toString: () => step.kind,
});

describe('the life of an order', () => {
  test('goes the ways that the rules name, and no others', () => {
    fc.assert(
      fc.property(
        anyOrderPlacement(),
        fc.commands([anyOrderStep().map(asCommand)], { maxCommands: 25 }),
        (placement, commands) => {
          const setup = () => ({
            model: {
              status: 'pending' as OrderStatusName,
              version: 1,
              unitsLeft: new Map(
                placement.items.map(({ id, quantity }) => [id as string, quantity]),
              ),
              parcels: 0,
              refunds: 0,
            },
            real: { order: Order.place(placement)._unsafeUnwrap() },
          });
          fc.modelRun(setup, commands);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('meets every state, parcels in part and refunds in every state', () => {
    const met = new Set(
      fc
        .sample(anyOrderHistory(), { numRuns: 3_000, seed: 3 })
        .flat()
        .flatMap(({ state }) => [
          `${state.status.name} ${fulfilmentStatusOf(state)}`,
          ...(state.refunds.length > 0 ? [`${state.status.name} with refunds`] : []),
        ]),
    );
    expect([...met].toSorted()).toEqual([
      'cancelled unfulfilled',
      'cancelled with refunds',
      'confirmed unfulfilled',
      'confirmed with refunds',
      'delivered fulfilled',
      'delivered with refunds',
      'pending unfulfilled',
      'pending with refunds',
      'processing partially_fulfilled',
      'processing unfulfilled',
      'processing with refunds',
      'shipped fulfilled',
      'shipped with refunds',
    ]);
  });

  test('pays back at most what was paid, and what is left and what went back are the whole', () => {
    fc.assert(
      fc.property(anyOrderHistory(), ([placed, ...later]) => {
        const paid = placed.refundable.rest;
        expect(paid.amount).toEqual(placed.state.totals.total);
        expect(paid.tax).toEqual(placed.state.totals.tax);
        for (const { state, refundable } of later) {
          const back = state.refunds.reduce((sum, { amount }) => sum + amount.minorUnits, 0n);
          expect(back + refundable.rest.amount.minorUnits).toBe(paid.amount.minorUnits);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('leaves what the order was before each change as it was', () => {
    fc.assert(
      fc.property(anyOrderHistory(), (history) => {
        for (const [index, order] of history.entries()) {
          expect(order.version).toBe(index + 1);
          expect(order.pending).toHaveLength(index + 1);
          expect(Object.isFrozen(order.state)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});
