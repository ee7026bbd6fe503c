import { ok, safeTry, type Result } from 'neverthrow';

import { defect, type Instant } from '@kastoma/domain/core';
import type { Fulfilment, Order } from '@kastoma/domain/ordering';

import type { OrderingTx } from './ordering.unit-of-work.ts';
import { WITHHELD } from './refund-of-order.ts';

/** An order that has just sent units off, and the parcel in which they left. */
export type SentOff = { readonly order: Order; readonly fulfilment: Fulfilment };

/** Stores what an order that is held became by its last parcel, and posts the sale of what is in it; with the last, gives back what does not leave. */
export function sendOff<E>(tx: OrderingTx, fulfilled: Result<Order, E>, at: Instant) {
  return safeTry(async function* () {
    const order = yield* fulfilled;
    const { id, items, fulfilments } = order.state;
    const fulfilment = fulfilments.at(-1) ?? defect(`The order ${id} was fulfilled by nothing.`);
    const units = new Map<string, number>(
      fulfilment.lines.map(({ itemId, quantity }) => [itemId, quantity]),
    );
    const lines = items.flatMap(({ id: itemId, variantId }) => {
      const quantity = units.get(itemId);
      return quantity === undefined ? [] : [{ variantId, quantity }];
    });
    yield* tx.orders.save(order);
    yield* tx.stock.fulfil(id, lines, at);
    if (order.hasWithheldTheRest) yield* tx.stock.release(id, WITHHELD, at);
    return ok<SentOff>({ order, fulfilment });
  });
}
