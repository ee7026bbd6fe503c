import type { ResultAsync } from 'neverthrow';

import type { OrderId, UserId } from '@kastoma/domain/core';
import type { OrderNotFound } from '@kastoma/domain/ordering';

import type { Page, PageRequest } from '../core/page.ts';
import type { OrderView } from './order-view.ts';

export interface OrderQueries {
  /** `customerId` null reads anybody's: for staff. Somebody else's order is not found. */
  find(id: OrderId, customerId: UserId | null): ResultAsync<OrderView, OrderNotFound>;
  /** The latest first. */
  list(customerId: UserId | null, page: PageRequest): Promise<Page<OrderView>>;
  /** Of each of these customers the order that was the first one, cancelled ones left out. */
  firstOrders(customerIds: readonly UserId[]): Promise<ReadonlySet<string>>;
}
