import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Instant, OrderId, UserId } from '@kastoma/domain/core';
import {
  orderNumberOf,
  type Order,
  type OrderNotFound,
  type OrderNumber,
} from '@kastoma/domain/ordering';

import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type { OrderRepository, PayableOrder } from '../../ordering/order-repository.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryOrderRepository implements OrderRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    this.#memory = memory;
    this.#outbox = outbox;
  }

  nextNumber(placedAt: Instant): ResultAsync<OrderNumber, never> {
    const { orderNumbers } = this.#memory.tables;
    orderNumbers.last += 1n;
    return okAsync(orderNumberOf(orderNumbers.last, placedAt));
  }

  add(order: Order): ResultAsync<void, ConcurrentUpdate> {
    const { orders } = this.#memory.tables;
    if ([...orders.values()].some(({ state }) => state.cartId === order.state.cartId))
      return errAsync({ code: 'core.concurrent_update' });
    orders.set(order.state.id, order);
    this.#outbox.record(order.pending);
    return okAsync();
  }

  holdForPayment(id: OrderId, customerId: UserId): ResultAsync<PayableOrder, OrderNotFound> {
    const state = this.#memory.tables.orders.get(id)?.state;
    return state?.customerId === customerId
      ? okAsync({ status: state.status.name, total: state.totals.total })
      : errAsync({ code: 'ordering.order_not_found' });
  }
}
