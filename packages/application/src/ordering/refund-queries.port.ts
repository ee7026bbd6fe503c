import type { ResultAsync } from 'neverthrow';

import type { OrderId, UserId } from '@kastoma/domain/core';
import type { OrderNotFound } from '@kastoma/domain/ordering';

import type { RefundView } from './refund-view.ts';

export interface RefundQueries {
  /** The oldest first; `customerId` null reads anybody's order. */
  ofOrder(
    orderId: OrderId,
    customerId: UserId | null,
  ): ResultAsync<readonly RefundView[], OrderNotFound>;
}
