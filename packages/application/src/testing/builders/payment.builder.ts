import type { Instant, Money, OrderId, PaymentId } from '@kastoma/domain/core';
import { Payment, type PaymentMethod } from '@kastoma/domain/payments';

import { BUILT_AT, builderIds } from './builder-ids.ts';
import { dollars } from './money.builder.ts';

/** A payment that was not stored yet. */
export function aPayment(
  orderId: OrderId,
  amount: Money = dollars('15.99'),
  method: PaymentMethod = 'manual',
): Payment {
  const id = builderIds.next<PaymentId>();
  return Payment.request({ id, orderId, method, amount, at: BUILT_AT as Instant });
}
