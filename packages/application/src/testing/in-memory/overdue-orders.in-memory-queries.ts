import type { Instant, OrderId } from '@kastoma/domain/core';

import type { OverdueOrders } from '../../ordering/overdue-orders.port.ts';
import { byKeys } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryOverdueOrders implements OverdueOrders {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async unpaidSince(since: Instant, limit: number): Promise<readonly OrderId[]> {
    const { orders } = this.#memory.tables;
    return [...orders.values()]
      .map(({ state }) => state)
      .filter(
        ({ id, status, paymentMethod, placedAt }) =>
          status.name === 'pending' &&
          paymentMethod !== 'manual' &&
          placedAt <= since &&
          !this.#isWaitedFor(id, since),
      )
      .toSorted(
        byKeys(
          ({ placedAt }) => placedAt,
          ({ id }) => id,
        ),
      )
      .slice(0, limit)
      .map(({ id }) => id);
  }

  #isWaitedFor(id: OrderId, since: Instant): boolean {
    return [...this.#memory.tables.payments.values()].some(
      ({ state }) =>
        state.orderId === id &&
        state.abandonedAt === null &&
        (state.method === 'manual' || state.createdAt > since),
    );
  }
}
