import {
  withoutReferences,
  type OrderPaymentView,
  type OrderView,
} from '@kastoma/application/ordering';
import { formatInstant, type Actor } from '@kastoma/domain/core';
import { isAllowed } from '@kastoma/domain/identity';

export function presentPayment(
  payment: Omit<OrderPaymentView, 'clientSecret'> & { readonly clientSecret?: string | null },
) {
  return {
    id: payment.id,
    method: payment.method,
    status: payment.status,
    amount: payment.amount.toJSON(),
    captured: payment.captured.toJSON(),
    refunded: payment.refunded.toJSON(),
    reference: payment.reference,
    decline_reason: payment.declineReason,
    client_secret: payment.clientSecret ?? null,
    created_at: formatInstant(payment.createdAt),
  };
}

/** An order as somebody may see it: providers' names for its payments are for staff. */
export function shownTo(actor: Actor): (order: OrderView) => OrderView {
  if (isAllowed(actor, 'orders.read_all')) return (order) => order;
  return withoutReferences;
}
