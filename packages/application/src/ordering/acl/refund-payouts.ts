import type { RefundId } from '@kastoma/domain/core';
import type { Payment } from '@kastoma/domain/payments';

import type { RefundPayout } from '../refund-view.ts';

/** What a payment pays out of a refund, as the refund shows it. */
export function payoutsOf({ state }: Payment, refundId: RefundId): readonly RefundPayout[] {
  return state.operations
    .filter((operation) => operation.refundId === refundId)
    .map(({ id, amount, outcome }) => ({
      operationId: id,
      paymentId: state.id,
      amount,
      outcome: outcome.name,
      declineReason: outcome.name === 'declined' ? outcome.reason : null,
    }));
}
