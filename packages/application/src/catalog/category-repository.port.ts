import type { ResultAsync } from 'neverthrow';

import type { Category, CategoryNotFound, SlugTaken } from '@kastoma/domain/catalog';
import type { CategoryId } from '@kastoma/domain/core';

export interface CategoryRepository {
  /** Stores a new category with its events. */
  add(category: Category): ResultAsync<void, SlugTaken>;
  /** Fails when there is no such category; holds it in place until the work is done. */
  require(id: CategoryId): ResultAsync<void, CategoryNotFound>;
}
