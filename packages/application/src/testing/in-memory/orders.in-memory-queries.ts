import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { OrderId, UserId } from '@kastoma/domain/core';
import type { Order, OrderNotFound } from '@kastoma/domain/ordering';

import type { Page, PageRequest } from '../../core/page.ts';
import { presentPayment } from '../../ordering/acl/presented-payment.ts';
import type { OrderQueries } from '../../ordering/order-queries.port.ts';
import { viewOrder, type OrderView } from '../../ordering/order-view.ts';
import { byKeys, descending, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryOrderQueries implements OrderQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  find(id: OrderId, customerId: UserId | null): ResultAsync<OrderView, OrderNotFound> {
    const found = this.#of(customerId).find((order) => order.id === id);
    return found === undefined ? errAsync({ code: 'ordering.order_not_found' }) : okAsync(found);
  }

  async list(customerId: UserId | null, page: PageRequest): Promise<Page<OrderView>> {
    const latestFirst = descending(
      byKeys<OrderView>(
        ({ placedAt }) => placedAt,
        ({ id }) => id,
      ),
    );
    return pageOf(this.#of(customerId).toSorted(latestFirst), page);
  }

  async firstOrders(customerIds: readonly UserId[]): Promise<ReadonlySet<string>> {
    const oldestFirst = byKeys<OrderView>(
      ({ placedAt }) => placedAt,
      ({ id }) => id,
    );
    const standing = this.#of(null)
      .filter(({ status }) => status !== 'cancelled')
      .toSorted(oldestFirst);
    return new Set(
      customerIds.flatMap((id) => standing.find(({ customerId }) => customerId === id)?.id ?? []),
    );
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
    return viewOrder(order, payments);
  }
}
