import { okAsync, type ResultAsync } from 'neverthrow';

import type { OrderId } from '@kastoma/domain/core';
import type { OrderLookupRequested } from '@kastoma/domain/ordering';

import type { OrderLookups } from '../../ordering/order-lookups.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryOrderLookups implements OrderLookups {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    this.#memory = memory;
    this.#outbox = outbox;
  }

  find(number: string, email: string): ResultAsync<OrderId | null, never> {
    const found = [...this.#memory.tables.orders.values()].find(
      ({ state }) => state.customerId === null && state.number === number && state.email === email,
    );
    return okAsync(found?.state.id ?? null);
  }

  add(request: OrderLookupRequested): ResultAsync<void, never> {
    this.#outbox.record([request]);
    return okAsync();
  }
}
