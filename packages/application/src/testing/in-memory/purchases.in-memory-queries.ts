import type { ProductId, UserId } from '@kastoma/domain/core';

import type { Purchases } from '../../catalog/purchases.port.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryPurchases implements Purchases {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async holds(customerId: UserId, productId: ProductId): Promise<boolean> {
    return [...this.#memory.tables.orders.values()].some(
      ({ state }) =>
        state.customerId === customerId &&
        state.status.name !== 'cancelled' &&
        state.items.some((item) => item.productId === productId),
    );
  }
}
