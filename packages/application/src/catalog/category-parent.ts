import { okAsync, type ResultAsync } from 'neverthrow';

import type { CategoryPlace, UnknownCategory } from '@kastoma/domain/catalog';
import type { CategoryId } from '@kastoma/domain/core';

import type { CategoryRepository } from './category-repository.port.ts';

/** Where the parent stands of a category that shall stand below it; null is the root. */
export function placeOfParent(
  categories: CategoryRepository,
  parentId: CategoryId | null,
): ResultAsync<CategoryPlace | null, UnknownCategory> {
  return parentId === null
    ? okAsync(null)
    : categories
        .placeOf(parentId)
        .mapErr(() => ({ code: 'catalog.unknown_category' as const, path: ['parentId'] }));
}
