import type { ResultAsync } from 'neverthrow';

import type { Instant, Money, OrderId, RefundId } from '@kastoma/domain/core';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';
import type { RefundPayout } from './refund-view.ts';

/** The order has not brought as much money, or it has gone back, or is about to. */
export type RefundExceedsCaptured = {
  readonly code: 'ordering.refund_exceeds_captured';
  readonly requested: Money;
  readonly left: Money;
};

export type PayoutWish = {
  readonly orderId: OrderId;
  readonly refundId: RefundId;
  readonly amount: Money;
  readonly at: Instant;
};

/** Asks the payments of an order for what a refund gives back. */
export interface OrderPayouts {
  /**
   * Writes down what each payment is to pay out, the oldest first: all of the amount, or nothing. Whoever asks holds the
   * order. What came for an order that cannot be kept goes back by itself.
   */
  request(
    wish: PayoutWish,
  ): ResultAsync<readonly RefundPayout[], RefundExceedsCaptured | ConcurrentUpdate>;
}
