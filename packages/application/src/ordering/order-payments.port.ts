import type { ResultAsync } from 'neverthrow';

import type { Instant, Money, OrderId } from '@kastoma/domain/core';
import type { PaymentMethodNotOffered } from '@kastoma/domain/ordering';

import type { OrderPaymentView } from './order-view.ts';

/** Asks for an order's money, in the transaction that places it. */
export interface OrderPayments {
  request(
    orderId: OrderId,
    method: string,
    amount: Money,
    at: Instant,
  ): ResultAsync<OrderPaymentView, PaymentMethodNotOffered>;
}
