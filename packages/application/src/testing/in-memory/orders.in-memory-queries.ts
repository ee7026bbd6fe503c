import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { OrderId, UserId } from '@kastoma/domain/core';
import { returnedUnits, type Order, type OrderNotFound } from '@kastoma/domain/ordering';

import {
  feedOf,
  type Feed,
  type FeedRequest,
  type Page,
  type PageRequest,
} from '../../core/page.ts';
import { presentPayment } from '../../ordering/acl/presented-payment.ts';
import { EVERY_ORDER, type OrderFilter } from '../../ordering/order-filter.ts';
import { placeOfOrder, type OrderPlace } from '../../ordering/order-place.ts';
import type { OrderQueries } from '../../ordering/order-queries.port.ts';
import { viewOrder, type OrderView } from '../../ordering/order-view.ts';
import { byKeys, descending, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';
import { returnsOf } from './returns.in-memory-repository.ts';

export class InMemoryOrderQueries implements OrderQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  find(id: OrderId, customerId: UserId | null): ResultAsync<OrderView, OrderNotFound> {
    const found = this.#of(customerId).find((order) => order.id === id);
    return found === undefined ? errAsync({ code: 'ordering.order_not_found' }) : okAsync(found);
  }

  async list(
    customerId: UserId | null,
    page: PageRequest,
    filter: OrderFilter = EVERY_ORDER,
  ): Promise<Page<OrderView>> {
    return pageOf(this.#matching(customerId, filter), page);
  }

  async feed(
    customerId: UserId | null,
    { after, pageSize }: FeedRequest<OrderPlace>,
    filter: OrderFilter = EVERY_ORDER,
  ): Promise<Feed<OrderView, OrderPlace>> {
    const found = this.#matching(customerId, filter);
    const last = found.findIndex(({ id }) => id === after?.keys[1]);
    return feedOf(found.slice(last + 1), pageSize, (order) => placeOfOrder(order, filter.ordering));
  }

  #matching(customerId: UserId | null, filter: OrderFilter): readonly OrderView[] {
    const found = this.#of(customerId).filter((order) => this.#isMeant(order, filter));
    const inOrder = byKeys<OrderView>(
      filter.ordering.endsWith('total')
        ? ({ totals }) => totals.total.minorUnits
        : ({ placedAt }) => placedAt,
      ({ id }) => id,
    );
    const isFalling = filter.ordering.startsWith('-');
    return found.toSorted(isFalling ? descending(inOrder) : inOrder);
  }

  #isMeant(order: OrderView, filter: OrderFilter): boolean {
    const { minimumTotal, maximumTotal, placedFrom, placedBefore, email } = filter;
    const { minorUnits } = order.totals.total;
    const account = this.#memory.tables.users.get(order.customerId as UserId)?.state.email;
    return (
      (filter.status ?? order.status) === order.status &&
      (filter.paymentStatus ?? order.paymentStatus) === order.paymentStatus &&
      (filter.fulfilmentStatus ?? order.fulfilmentStatus) === order.fulfilmentStatus &&
      (filter.customerId ?? order.customerId) === order.customerId &&
      (filter.number ?? order.number) === order.number &&
      (filter.currency ?? order.currency) === order.currency &&
      (placedFrom ?? order.placedAt) <= order.placedAt &&
      (placedBefore === null || order.placedAt < placedBefore) &&
      (minimumTotal ?? minorUnits) <= minorUnits &&
      (maximumTotal ?? minorUnits) >= minorUnits &&
      (email === null || order.email === email || account === email)
    );
  }

  async firstOrders(
    customerIds: readonly UserId[],
    guestEmails: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const oldestFirst = byKeys<OrderView>(
      ({ placedAt }) => placedAt,
      ({ id }) => id,
    );
    const standing = this.#of(null)
      .filter(({ status }) => status !== 'cancelled')
      .toSorted(oldestFirst);
    const ofGuests = standing.filter(({ customerId }) => customerId === null);
    return new Set([
      ...customerIds.flatMap((id) => standing.find((order) => order.customerId === id)?.id ?? []),
      ...guestEmails.flatMap((email) => ofGuests.find((order) => order.email === email)?.id ?? []),
    ]);
  }

  #of(customerId: UserId | null): readonly OrderView[] {
    return [...this.#memory.tables.orders.values()]
      .filter(({ state }) => customerId === null || state.customerId === customerId)
      .map((order) => this.#toView(order));
  }

  #toView(order: Order): OrderView {
    const payments = [...this.#memory.tables.payments.values()]
      .filter(({ state }) => state.orderId === order.state.id)
      .map(presentPayment);
    const returns = returnsOf(this.#memory, order.state.id).map(({ state }) => state);
    return viewOrder(order, payments, returnedUnits(returns));
  }
}
