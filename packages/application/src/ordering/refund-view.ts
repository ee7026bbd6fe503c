import { Money } from '@kastoma/domain/core';
import type { OrderRefund } from '@kastoma/domain/ordering';

/** What one payment of the order is asked to pay out of a refund. */
export type RefundPayout = {
  readonly operationId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly outcome: 'open' | 'succeeded' | 'declined';
  /** Why the provider said no; a code. */
  readonly declineReason: string | null;
};

/** `failed`: a provider has said no, and the money is still owed. */
export const REFUND_STATUSES = ['pending', 'succeeded', 'failed'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** A refund as it is shown: what was decided, and how far it has been paid out. */
export type RefundView = OrderRefund & {
  readonly status: RefundStatus;
  readonly paidOut: Money;
  /** The oldest first. */
  readonly payouts: readonly RefundPayout[];
};

export function viewRefund(refund: OrderRefund, payouts: readonly RefundPayout[]): RefundView {
  const paid = payouts
    .filter(({ outcome }) => outcome === 'succeeded')
    .reduce((sum, { amount }) => sum + amount.minorUnits, 0n);
  const isOpen = payouts.some(({ outcome }) => outcome === 'open');
  const isPaid = paid >= refund.amount.minorUnits;
  return {
    ...refund,
    status: isPaid ? 'succeeded' : isOpen ? 'pending' : 'failed',
    paidOut: Money.of(paid, refund.amount.currency).unwrapOr(refund.amount),
    payouts,
  };
}
