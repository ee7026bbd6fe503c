import { ok, safeTry } from 'neverthrow';

import type { Instant, OrderId } from '@kastoma/domain/core';

import type { OrderingTx } from './ordering.unit-of-work.ts';
import { isSecured } from './payment-standing.ts';

/** Confirms a pending order whose money is promised or there; any other stays as it is, so it may be asked for twice. */
export function confirmWhenPaid(
  { orders, payments }: Pick<OrderingTx, 'orders' | 'payments'>,
  id: OrderId,
  at: Instant,
) {
  return safeTry(async function* () {
    const order = yield* orders.hold(id, null);
    if (order.state.status.name !== 'pending') return ok();
    // A promise that was given up counts for nothing: its money goes back.
    if (!isSecured(yield* payments.standings(id))) return ok();
    yield* orders.save(yield* order.confirm(at));
    return ok();
  });
}
