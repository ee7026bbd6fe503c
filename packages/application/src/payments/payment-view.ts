import type { Instant, Money } from '@kastoma/domain/core';
import type { Payment, PaymentStatus } from '@kastoma/domain/payments';

/** A payment as it is shown. */
export type PaymentView = {
  readonly id: string;
  readonly orderId: string;
  readonly method: string;
  readonly status: PaymentStatus;
  readonly amount: Money;
  readonly captured: Money;
  readonly refunded: Money;
  /** The provider's name for it; for staff. */
  readonly reference: string | null;
  /** Why the provider has last said no; a code. */
  readonly declineReason: string | null;
  readonly createdAt: Instant;
};

export function viewPayment({ state, status }: Payment): PaymentView {
  const { id, orderId, method, amount, moved, reference, createdAt } = state;
  const { captured, refunded } = moved;
  const declineReason = declineReasonOf(state.operations);
  return {
    id,
    orderId,
    method,
    status,
    amount,
    captured,
    refunded,
    reference,
    declineReason,
    createdAt,
  };
}

/** Of the last operation, where that was refused. */
export function declineReasonOf(operations: Payment['state']['operations']): string | null {
  const outcome = operations.at(-1)?.outcome;
  return outcome?.name === 'declined' ? outcome.reason : null;
}
