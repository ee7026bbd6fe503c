import type { ResultAsync } from 'neverthrow';

import type { Instant, OrderId, PaymentId, PaymentOperationId } from '@kastoma/domain/core';
import type {
  OperationNotFound,
  Payment,
  PaymentMethod,
  PaymentNotFound,
} from '@kastoma/domain/payments';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

export interface PaymentReader {
  find(id: PaymentId): ResultAsync<Payment, PaymentNotFound>;
}

/** What is found is held until the transaction ends: whoever else wants it waits. */
export interface PaymentRepository extends PaymentReader {
  /** Stores a new payment with its events. */
  add(payment: Payment): ResultAsync<void, never>;
  save(payment: Payment): ResultAsync<void, ConcurrentUpdate>;
  /** By the provider's name for it. */
  findByReference(method: PaymentMethod, reference: string): ResultAsync<Payment, PaymentNotFound>;
  findByOperation(id: PaymentOperationId): ResultAsync<Payment, OperationNotFound>;
  /** The oldest first. */
  ofOrder(orderId: OrderId): ResultAsync<readonly Payment[], never>;
  /** One that holds money that is to go back by now, and that nobody else holds. */
  findToGiveBack(now: Instant): ResultAsync<Payment, PaymentNotFound>;
}
