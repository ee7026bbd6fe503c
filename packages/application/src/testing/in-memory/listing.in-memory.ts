import { okAsync, type ResultAsync } from 'neverthrow';

import type { ProductId } from '@kastoma/domain/core';

import type { Listing, ListingBatch } from '../../catalog/listing.port.ts';
import type { Memory } from './in-memory-store.ts';

/** Lists look at products and stock themselves here: there is nothing to keep, and nothing to make anew. */
export class InMemoryListing implements Listing {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  note(): ResultAsync<void, never> {
    return okAsync();
  }

  rebuild({ after, limit, categoryId }: ListingBatch): ResultAsync<ProductId | null, never> {
    const ids = [...this.#memory.tables.products.values()]
      .filter(({ state }) => categoryId === undefined || state.categoryId === categoryId)
      .map(({ state }) => state.id)
      .toSorted();
    const next = ids.filter((id) => after === null || id > after).slice(0, limit);
    return okAsync(next.at(-1) ?? null);
  }
}
