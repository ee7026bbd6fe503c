import { err, errAsync, ok, okAsync, type ResultAsync } from 'neverthrow';

import {
  Category,
  definitionsInForce,
  type AttributeDefinition,
  type CategoryInUse,
  type CategoryNotFound,
  type CategoryPlace,
  type SlugTaken,
} from '@kastoma/domain/catalog';
import type { CategoryId } from '@kastoma/domain/core';

import type { CategoryRepository } from '../../catalog/category-repository.port.ts';
import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import { categoriesIn, lineOf } from './category-lines.ts';
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
    if (this.#isTaken(category)) return slugTaken(category);
    this.#store(category);
    return okAsync();
  }

  require(id: CategoryId): ResultAsync<void, CategoryNotFound> {
    return this.#line(id).map(() => undefined);
  }

  definitionsFor(id: CategoryId): ResultAsync<readonly AttributeDefinition[], CategoryNotFound> {
    return this.#line(id).map((line) =>
      definitionsInForce(line.map(({ state }) => state.attributeDefinitions)),
    );
  }

  find(idOrSlug: string): ResultAsync<Category, CategoryNotFound> {
    const found = categoriesIn(this.#memory).find(
      ({ state }) => state.id === idOrSlug.toLowerCase() || state.slug === idOrSlug,
    );
    return found === undefined
      ? errAsync({ code: 'catalog.category_not_found' })
      : okAsync(Category.restore(found.state, found.version));
  }

  placeOf(id: CategoryId): ResultAsync<CategoryPlace, CategoryNotFound> {
    return this.#line(id).map((line) => line.map(({ state }) => state.id));
  }

  levelsOf(id: CategoryId): ResultAsync<number, never> {
    const lines = categoriesIn(this.#memory)
      .map(({ state }) => lineOf(this.#memory, state.id).map((category) => category.state.id))
      .filter((line) => line.includes(id));
    return okAsync(Math.max(0, ...lines.map((line) => line.length - line.indexOf(id))));
  }

  requireEmpty(id: CategoryId): ResultAsync<void, CategoryInUse> {
    const { products } = this.#memory.tables;
    if (categoriesIn(this.#memory).some(({ state }) => state.parentId === id))
      return errAsync({ code: 'catalog.category_in_use', by: 'categories' });
    return [...products.values()].some(
      ({ state }) => state.categoryId === id && state.deletedAt === null,
    )
      ? errAsync({ code: 'catalog.category_in_use', by: 'products' })
      : okAsync();
  }

  count(): ResultAsync<number, never> {
    return okAsync(categoriesIn(this.#memory).length);
  }

  save(category: Category): ResultAsync<void, SlugTaken | ConcurrentUpdate> {
    const { version, pending, state } = category;
    if (this.#memory.tables.categories.get(state.id)?.version !== version - pending.length)
      return errAsync({ code: 'core.concurrent_update' });
    if (state.deletedAt === null && this.#isTaken(category)) return slugTaken(category);
    this.#store(category);
    return okAsync();
  }

  #isTaken({ state: { id, slug } }: Category): boolean {
    return categoriesIn(this.#memory).some(({ state }) => state.slug === slug && state.id !== id);
  }

  #store(category: Category): void {
    this.#memory.tables.categories.set(category.state.id, category);
    this.#outbox.record(category.pending);
  }

  #line(id: CategoryId): ResultAsync<readonly Category[], CategoryNotFound> {
    const line = lineOf(this.#memory, id);
    const found = line.length > 0 ? ok(line) : err({ code: 'catalog.category_not_found' as const });
    return found.asyncAndThen((categories) => okAsync(categories));
  }
}

function slugTaken({ state }: Category): ResultAsync<never, SlugTaken> {
  return errAsync({ code: 'catalog.slug_taken', slug: state.slug });
}
