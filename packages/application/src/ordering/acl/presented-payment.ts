import type { Payment } from '@kastoma/domain/payments';

import { viewPayment, type PaymentView } from '../../payments/payment-view.ts';
import type { OrderPaymentView } from '../order-view.ts';

/** A payment as the view of its order shows it. */
export function presentPayment(payment: Payment): OrderPaymentView {
  return presentPaymentView(viewPayment(payment), null);
}

export function presentPaymentView(
  { orderId: _, ...payment }: PaymentView,
  clientSecret: string | null,
): OrderPaymentView {
  return { ...payment, clientSecret };
}
