import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Actor, Instant, OrderId, UserId } from '@kastoma/domain/core';
import {
  Order,
  orderNumberOf,
  type OrderNotFound,
  type OrderNumber,
} from '@kastoma/domain/ordering';

import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import { historyOf } from '../../ordering/order-history.ts';
import type { OrderRepository, PayableOrder } from '../../ordering/order-repository.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryOrderRepository implements OrderRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;
  readonly #actor: Actor;

  constructor(memory: Memory, outbox: InMemoryOutbox, actor: Actor) {
    this.#memory = memory;
    this.#outbox = outbox;
    this.#actor = actor;
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

  holdForPayment(id: OrderId, customerId: UserId | null): ResultAsync<PayableOrder, OrderNotFound> {
    return this.hold(id, customerId).map(({ state }) => ({
      status: state.status.name,
      total: state.totals.total,
    }));
  }

  hold(id: OrderId, customerId: UserId | null): ResultAsync<Order, OrderNotFound> {
    const found = this.#memory.tables.orders.get(id);
    return found === undefined || (customerId !== null && found.state.customerId !== customerId)
      ? errAsync({ code: 'ordering.order_not_found' })
      : okAsync(Order.restore(found.state, found.version));
  }

  /** One transaction at a time: nobody else holds anything. */
  holdIfFree(id: OrderId): ResultAsync<Order, OrderNotFound> {
    return this.hold(id, null);
  }

  save(order: Order): ResultAsync<void, ConcurrentUpdate> {
    const { orders, orderHistory } = this.#memory.tables;
    const { state, version, pending } = order;
    if (orders.get(state.id)?.version !== version - pending.length)
      return errAsync({ code: 'core.concurrent_update' });
    orders.set(state.id, Order.restore(state, version));
    orderHistory.push(...historyOf(pending, this.#actor));
    this.#outbox.record(pending);
    return okAsync();
  }
}
