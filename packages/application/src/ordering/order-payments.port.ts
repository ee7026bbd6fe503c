import type { ResultAsync } from 'neverthrow';

import type { Instant, Money, OrderId } from '@kastoma/domain/core';
import type { PaymentMethodNotOffered, PaymentStatus } from '@kastoma/domain/ordering';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';
import type { OrderPaymentView } from './order-view.ts';

export type PaymentWish = {
  readonly orderId: OrderId;
  readonly method: string;
  /** What is paid with, by the provider's name for it; null where the provider is told otherwise, or needs none. */
  readonly token: string | null;
  readonly amount: Money;
  readonly at: Instant;
};

/** What was written down, and what a provider is to be asked for when that is committed; null where none is asked. */
export type RequestedPayment = {
  readonly payment: OrderPaymentView;
  readonly operationId: string | null;
};

/** The order's money is there, or promised. */
export type PaymentNotNeeded = { readonly code: 'ordering.payment_not_needed' };
/** Somebody is paying, or has begun to: how that ends comes first. */
export type PaymentUnderWay = {
  readonly code: 'ordering.payment_under_way';
  readonly paymentId: string;
};

/** Whoever has been refused so often tries cards, or holds goods that others would pay for. */
export type TooManyPayments = {
  readonly code: 'ordering.too_many_payments';
  readonly limit: number;
};

/** How one of an order's payments stands. */
export type PaymentStanding = {
  readonly method: string;
  readonly status: PaymentStatus;
  /** Whatever comes of it goes back. */
  readonly isAbandoned: boolean;
  readonly createdAt: Instant;
};

/** Asks for an order's money, and gives it up. */
export interface OrderPayments {
  /** In the transaction that places the order. */
  request(wish: PaymentWish): ResultAsync<RequestedPayment, PaymentMethodNotOffered>;
  /**
   * Instead of a payment that came to nothing, or that nobody has begun to make: should its money come all the same, it
   * goes back. Whoever asks holds the order.
   */
  requestAgain(
    wish: PaymentWish,
  ): ResultAsync<
    RequestedPayment,
    | PaymentMethodNotOffered
    | PaymentNotNeeded
    | PaymentUnderWay
    | TooManyPayments
    | ConcurrentUpdate
  >;
  /** As they are shown, the oldest first; nobody else changes them until the transaction ends. */
  of(orderId: OrderId): ResultAsync<readonly OrderPaymentView[], never>;
  /** The same, as it is decided by. */
  standings(orderId: OrderId): ResultAsync<readonly PaymentStanding[], never>;
  /** The order is called off: what came in for it, or still comes, goes back. Shows what became of them. */
  abandon(
    orderId: OrderId,
    at: Instant,
  ): ResultAsync<readonly OrderPaymentView[], ConcurrentUpdate>;
}
