import { ok, safeTry } from 'neverthrow';

import type { Instant } from '@kastoma/domain/core';
import type { Order } from '@kastoma/domain/ordering';

import type { OrderingTx } from './ordering.unit-of-work.ts';

/** Of an order that nobody has paid for in time. */
export const EXPIRED = 'expired';

/**
 * Calls an order off that is held: what came in for it goes back, and so do its units and uses, once. Whatever takes
 * several locks takes them in the order in which a placement does.
 */
export function callOff(tx: OrderingTx, order: Order, reason: string, at: Instant) {
  return safeTry(async function* () {
    const cancelled = yield* order.cancel(reason, at);
    const { id } = order.state;
    yield* tx.orders.save(cancelled);
    const payments = yield* tx.payments.abandon(id, at);
    yield* tx.promotions.giveBack(id, at);
    const movement = reason === EXPIRED ? 'Order expired' : 'Order cancelled';
    yield* tx.stock.release(id, movement, at);
    return ok({ order: cancelled, payments });
  });
}
