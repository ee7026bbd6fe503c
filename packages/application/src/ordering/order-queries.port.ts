import type { ResultAsync } from 'neverthrow';

import type { OrderId, UserId } from '@kastoma/domain/core';
import type { OrderNotFound } from '@kastoma/domain/ordering';

import type { Feed, FeedRequest, Page, PageRequest } from '../core/page.ts';
import type { OrderFilter } from './order-filter.ts';
import type { OrderPlace } from './order-place.ts';
import type { OrderView } from './order-view.ts';

export interface OrderQueries {
  /** `customerId` null reads anybody's: for staff. Somebody else's order is not found. */
  find(id: OrderId, customerId: UserId | null): ResultAsync<OrderView, OrderNotFound>;
  /** A customer's, or everybody's for null; without a filter all of them, the latest first. */
  list(
    customerId: UserId | null,
    page: PageRequest,
    filter?: OrderFilter,
  ): Promise<Page<OrderView>>;
  /** The same read on from a place, which has to be one of the filter's ordering. */
  feed(
    customerId: UserId | null,
    part: FeedRequest<OrderPlace>,
    filter?: OrderFilter,
  ): Promise<Feed<OrderView, OrderPlace>>;
  /** Of each of these customers, and of each guest with one of these addresses, the first order, cancelled ones left out. */
  firstOrders(
    customerIds: readonly UserId[],
    guestEmails: readonly string[],
  ): Promise<ReadonlySet<string>>;
}
