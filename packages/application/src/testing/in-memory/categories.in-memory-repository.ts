import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Category, CategoryNotFound, SlugTaken } from '@kastoma/domain/catalog';
import type { CategoryId } from '@kastoma/domain/core';

import type { CategoryRepository } from '../../catalog/category-repository.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryCategoryRepository implements CategoryRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    this.#memory = memory;
    this.#outbox = outbox;
  }

  add(category: Category): ResultAsync<void, SlugTaken> {
    const { categories } = this.#memory.tables;
    const { id, slug } = category.state;
    if ([...categories.values()].some(({ state }) => state.slug === slug))
      return errAsync({ code: 'catalog.slug_taken', slug });
    categories.set(id, category);
    this.#outbox.record(category.pending);
    return okAsync();
  }

  require(id: CategoryId): ResultAsync<void, CategoryNotFound> {
    return this.#memory.tables.categories.has(id)
      ? okAsync()
      : errAsync({ code: 'catalog.category_not_found' });
  }
}
