import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { OrderId, ReturnId, UserId } from '@kastoma/domain/core';
import { Return, type OrderNotFound, type ReturnNotFound } from '@kastoma/domain/ordering';

import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type { ReturnQueries } from '../../ordering/return-queries.port.ts';
import type { ReturnRepository } from '../../ordering/return-repository.port.ts';
import { viewReturn, type ReturnView } from '../../ordering/return-view.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryReturnRepository implements ReturnRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    this.#memory = memory;
    this.#outbox = outbox;
  }

  add(announced: Return): ResultAsync<void, never> {
    return this.#store(announced);
  }

  save(changed: Return): ResultAsync<void, ConcurrentUpdate> {
    const stands = this.#memory.tables.returns.get(changed.state.id);
    return stands?.version === changed.version - changed.pending.length
      ? this.#store(changed)
      : errAsync({ code: 'core.concurrent_update' });
  }

  find(id: ReturnId, orderId: OrderId): ResultAsync<Return, ReturnNotFound> {
    const found = this.#memory.tables.returns.get(id);
    return found?.state.orderId === orderId
      ? okAsync(found)
      : errAsync({ code: 'ordering.return_not_found' });
  }

  ofOrder(orderId: OrderId): ResultAsync<readonly Return[], never> {
    return okAsync(returnsOf(this.#memory, orderId));
  }

  #store({ state, version, pending }: Return): ResultAsync<void, never> {
    this.#memory.tables.returns.set(state.id, Return.restore(state, version));
    this.#outbox.record(pending);
    return okAsync();
  }
}

export class InMemoryReturnQueries implements ReturnQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  find(
    id: ReturnId,
    orderId: OrderId,
    customerId: UserId | null,
  ): ResultAsync<ReturnView, ReturnNotFound | OrderNotFound> {
    return this.ofOrder(orderId, customerId).andThen((returns) => {
      const found = returns.find((view) => view.id === id);
      return found === undefined
        ? errAsync<ReturnView, ReturnNotFound>({ code: 'ordering.return_not_found' })
        : okAsync(found);
    });
  }

  ofOrder(
    orderId: OrderId,
    customerId: UserId | null,
  ): ResultAsync<readonly ReturnView[], OrderNotFound> {
    const order = this.#memory.tables.orders.get(orderId);
    const isSeen =
      order !== undefined && (customerId === null || order.state.customerId === customerId);
    return isSeen
      ? okAsync(returnsOf(this.#memory, orderId).map(viewReturn))
      : errAsync({ code: 'ordering.order_not_found' });
  }
}

/** The oldest first. */
export function returnsOf({ tables }: Memory, orderId: string): readonly Return[] {
  return [...tables.returns.values()].filter(({ state }) => state.orderId === orderId);
}
