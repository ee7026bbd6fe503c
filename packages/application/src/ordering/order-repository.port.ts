import type { ResultAsync } from 'neverthrow';

import type { Instant } from '@kastoma/domain/core';
import type { Order, OrderNumber } from '@kastoma/domain/ordering';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

export interface OrderRepository {
  /** A number that nobody else gets; a failed placement leaves a gap. */
  nextNumber(placedAt: Instant): ResultAsync<OrderNumber, never>;
  /** Stores a new order with its events; a cart becomes one order only. */
  add(order: Order): ResultAsync<void, ConcurrentUpdate>;
}
