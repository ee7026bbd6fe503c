import type { ResultAsync } from 'neverthrow';

import type { OrderId, ReturnId, UserId } from '@kastoma/domain/core';
import type { OrderNotFound, ReturnNotFound } from '@kastoma/domain/ordering';

import type { ReturnView } from './return-view.ts';

/** `customerId` null reads those of anybody's order. */
export interface ReturnQueries {
  find(
    id: ReturnId,
    orderId: OrderId,
    customerId: UserId | null,
  ): ResultAsync<ReturnView, ReturnNotFound | OrderNotFound>;
  /** The oldest first. */
  ofOrder(
    orderId: OrderId,
    customerId: UserId | null,
  ): ResultAsync<readonly ReturnView[], OrderNotFound>;
}
