import type { RefundView } from '@kastoma/application/ordering';
import { formatInstant, type Actor } from '@kastoma/domain/core';
import { isAllowed } from '@kastoma/domain/identity';
import type { OrderRefund, RefundedPart } from '@kastoma/domain/ordering';

/** A refund as somebody may see it: why, and which payment pays it out, is for staff. */
export type ShownRefund = Omit<RefundView, 'reason' | 'payouts'> & {
  readonly reason: string | null;
  readonly payouts: RefundView['payouts'] | null;
};

export function refundShownTo(actor: Actor): (refund: RefundView) => ShownRefund {
  return isAllowed(actor, 'orders.read_all')
    ? (refund) => refund
    : (refund) => ({ ...refund, reason: null, payouts: null });
}

export function presentRefund({ status, paidOut, payouts, ...refund }: ShownRefund) {
  return {
    ...presentOrderRefund(refund),
    status,
    paid_out: paidOut.toJSON(),
    reason: refund.reason,
    payouts:
      payouts?.map(({ operationId, paymentId, amount, outcome, declineReason }) => ({
        operation_id: operationId,
        payment_id: paymentId,
        amount: amount.toJSON(),
        outcome,
        decline_reason: declineReason,
      })) ?? null,
  };
}

/** A refund as its order shows it. */
export function presentOrderRefund({
  id,
  lines,
  shipping,
  at,
  ...whole
}: Omit<OrderRefund, 'reason'>) {
  return {
    id,
    ...presentPart(whole),
    lines: lines.map(({ itemId, quantity, ...part }) => ({
      item_id: itemId,
      quantity,
      ...presentPart(part),
    })),
    shipping: shipping === null ? null : presentPart(shipping),
    created_at: formatInstant(at),
  };
}

function presentPart({ amount, tax }: RefundedPart) {
  return { amount: amount.toJSON(), tax: tax.toJSON() };
}
