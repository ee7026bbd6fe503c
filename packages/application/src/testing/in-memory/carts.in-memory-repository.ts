import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { CartId, UserId } from '@kastoma/domain/core';
import { Cart } from '@kastoma/domain/ordering';

import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type { CartReader, CartRepository } from '../../ordering/cart-repository.port.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryCartReader implements CartReader {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  find(id: CartId): ResultAsync<Cart | null, never> {
    const found = this.#memory.tables.carts.get(id);
    return okAsync(found?.state.status.name === 'active' ? found : null);
  }

  findOfGuest(id: CartId): ResultAsync<Cart | null, never> {
    return this.find(id).map((cart) => (cart?.state.customerId === null ? cart : null));
  }

  findActive(customerId: UserId): ResultAsync<Cart | null, never> {
    const carts = [...this.#memory.tables.carts.values()];
    const isMeant = ({ state }: Cart) =>
      state.customerId === customerId && state.status.name === 'active';
    return okAsync(carts.find(isMeant) ?? null);
  }

  lastVersion(customerId: UserId): ResultAsync<number, never> {
    const versions = [...this.#memory.tables.carts.values()]
      .filter(({ state }) => state.customerId === customerId && state.status.name === 'ordered')
      .map(({ version }) => version);
    return okAsync(Math.max(0, ...versions));
  }
}

export class InMemoryCartRepository extends InMemoryCartReader implements CartRepository {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    super(memory);
    this.#memory = memory;
  }

  save(cart: Cart): ResultAsync<Cart, ConcurrentUpdate> {
    const { customerId } = cart.state;
    const isOneOfOne = customerId === null || cart.state.status.name !== 'active';
    const other = isOneOfOne ? okAsync(null) : this.findActive(customerId);
    return other.andThen((active) => {
      const { carts } = this.#memory.tables;
      const stands = carts.get(cart.state.id);
      const mayBeSaved = cart.isNew ? active === null : stands?.version === cart.version;
      if (!mayBeSaved) return errAsync({ code: 'core.concurrent_update' as const });
      const saved = Cart.restore(cart.state, cart.version + 1);
      carts.set(saved.state.id, saved);
      return okAsync(saved);
    });
  }
}
