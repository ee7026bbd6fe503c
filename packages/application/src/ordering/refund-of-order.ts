import { ok, okAsync, safeTry } from 'neverthrow';

import { defect, type Instant, type OrderId, type RefundId } from '@kastoma/domain/core';
import type { Order, RefundRequest } from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { OrderingTx } from './ordering.unit-of-work.ts';
import type { PaymentExecution } from './payment-execution.port.ts';
import type { RefundQueries } from './refund-queries.port.ts';
import { viewRefund, type RefundView } from './refund-view.ts';

/** Of units that were paid back before they left. */
export const WITHHELD = 'Units refunded';

/** What it takes to have a refund paid out. */
export type PayingOut = {
  readonly execution: PaymentExecution;
  readonly refundQueries: RefundQueries;
};

type Note = {
  readonly id: RefundId;
  readonly reason: string;
  readonly at: Instant;
  readonly isForReturn?: boolean;
};

/**
 * Freezes a refund on an order that is held, and writes down what its payments are to pay out. Where nothing is to
 * leave any more, what is still held of it is given back.
 */
export function refundHeldOrder(
  { orders, payouts, stock }: Pick<OrderingTx, 'orders' | 'payouts' | 'stock'>,
  order: Order,
  request: RefundRequest,
  note: Note,
) {
  return safeTry(async function* () {
    const refunded = yield* order.refund(request, note);
    const refund =
      refunded.state.refunds.at(-1) ?? defect('An order was refunded without a refund.');
    yield* orders.save(refunded);
    const { id: orderId } = order.state;
    const { id: refundId, amount, at } = refund;
    const asked = yield* payouts.request({ orderId, refundId, amount, at });
    if (refunded.hasWithheldTheRest) yield* stock.release(orderId, WITHHELD, at);
    return ok({ refund: viewRefund(refund, asked), intent: asked[0]?.operationId ?? null });
  });
}

/**
 * Asks the providers for all that a refund is to pay out, of which the operation is the first. A provider's no, or
 * none at all, changes nothing of the refund: it shows how far it has come.
 */
export function payOut(
  { execution, refundQueries }: PayingOut,
  operationId: string,
  context: CallContext,
) {
  const read = (orderId: OrderId) =>
    refundQueries
      .ofOrder(orderId, null)
      .map((refunds) => refundOf(refunds, operationId))
      .orElse(() => defect(`The order ${orderId} was refunded and is not there.`));
  return safeTry(async function* () {
    const { orderId } = yield* execution.execute(operationId, context);
    const refund = yield* read(orderId);
    const others = refund.payouts.filter(
      (payout) => payout.operationId !== operationId && payout.outcome === 'open',
    );
    for (const other of others) yield* execution.execute(other.operationId, context);
    return others.length === 0 ? okAsync(refund) : read(orderId);
  });
}

function refundOf(refunds: readonly RefundView[], operationId: string): RefundView {
  return (
    refunds.find(({ payouts }) => payouts.some((payout) => payout.operationId === operationId)) ??
    defect(`The operation ${operationId} pays out no refund.`)
  );
}
