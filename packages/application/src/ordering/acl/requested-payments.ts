import { errAsync, type ResultAsync } from 'neverthrow';

import type { Instant, Money, OrderId, PaymentId } from '@kastoma/domain/core';
import type { PaymentMethodNotOffered } from '@kastoma/domain/ordering';
import { Payment, PAYMENT_METHODS } from '@kastoma/domain/payments';

import type { IdGenerator } from '../../core/id-generator.port.ts';
import type { PaymentRepository } from '../../payments/payment-repository.port.ts';
import type { OrderPayments } from '../order-payments.port.ts';
import type { OrderPaymentView } from '../order-view.ts';

/** An order's money, as the payments context knows it. */
export class RequestedPayments implements OrderPayments {
  readonly #payments: PaymentRepository;
  readonly #ids: IdGenerator;

  constructor(payments: PaymentRepository, ids: IdGenerator) {
    this.#payments = payments;
    this.#ids = ids;
  }

  request(
    orderId: OrderId,
    method: string,
    amount: Money,
    at: Instant,
  ): ResultAsync<OrderPaymentView, PaymentMethodNotOffered> {
    const offered = PAYMENT_METHODS.find((candidate) => candidate === method);
    if (offered === undefined) {
      return errAsync({
        code: 'ordering.payment_method_not_offered',
        method,
        methods: PAYMENT_METHODS,
      });
    }
    const payment = Payment.request({
      id: this.#ids.next<PaymentId>(),
      orderId,
      method: offered,
      amount,
      at,
    });
    const { id, status, createdAt } = payment.state;
    return this.#payments
      .add(payment)
      .map(() => ({ id, method: offered, status, amount, createdAt }));
  }
}
