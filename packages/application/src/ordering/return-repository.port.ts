import type { ResultAsync } from 'neverthrow';

import type { OrderId, ReturnId } from '@kastoma/domain/core';
import type { Return, ReturnNotFound } from '@kastoma/domain/ordering';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

/** Returns of orders; whoever changes any of an order's holds the order. */
export interface ReturnRepository {
  /** Stores a new return with its events. */
  add(announced: Return): ResultAsync<void, never>;
  save(changed: Return): ResultAsync<void, ConcurrentUpdate>;
  find(id: ReturnId, orderId: OrderId): ResultAsync<Return, ReturnNotFound>;
  /** The oldest first. */
  ofOrder(orderId: OrderId): ResultAsync<readonly Return[], never>;
}
