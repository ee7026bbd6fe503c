import type { ResultAsync } from 'neverthrow';

import type {
  AttributeDefinition,
  Category,
  CategoryInUse,
  CategoryNotFound,
  CategoryPlace,
  SlugTaken,
} from '@kastoma/domain/catalog';
import type { CategoryId } from '@kastoma/domain/core';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

/** What those ask who put products into categories: they hold one category and let others change the rest of the tree. */
export interface CategoryShelf {
  /** Fails when there is no such category; holds it in place until the work is done. */
  require(id: CategoryId): ResultAsync<void, CategoryNotFound>;
  /** The definitions of attributes that hold for its products, those of the categories above it included; holds it like `require`. */
  definitionsFor(id: CategoryId): ResultAsync<readonly AttributeDefinition[], CategoryNotFound>;
}

/** All else holds the whole tree until the work is done: one writer of categories at a time. */
export interface CategoryRepository extends CategoryShelf {
  /** Stores a new category with its events. */
  add(category: Category): ResultAsync<void, SlugTaken>;
  /** By its id or slug; nobody puts a product into it, or takes one out, until the work is done. */
  find(idOrSlug: string): ResultAsync<Category, CategoryNotFound>;
  /** The way down to it. */
  placeOf(id: CategoryId): ResultAsync<CategoryPlace, CategoryNotFound>;
  /** How many levels there are of it and what stands below it. */
  levelsOf(id: CategoryId): ResultAsync<number, never>;
  /** Fails while a category or a product, published or not, stands in it. */
  requireEmpty(id: CategoryId): ResultAsync<void, CategoryInUse>;
  count(): ResultAsync<number, never>;
  /** Stores the changes with their events. */
  save(category: Category): ResultAsync<void, SlugTaken | ConcurrentUpdate>;
}
