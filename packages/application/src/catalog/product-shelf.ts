import { okAsync, type ResultAsync } from 'neverthrow';

import {
  checkDescription,
  type AttributeMismatch,
  type Product,
  type UnknownCategory,
} from '@kastoma/domain/catalog';

import type { CategoryShelf } from './category-repository.port.ts';

const UNKNOWN_CATEGORY: UnknownCategory = {
  code: 'catalog.unknown_category',
  path: ['categoryId'],
};

/**
 * Whether the product can stand where it says, described as it is; its category is held until the
 * work is done. Definitions that came after it do not keep it from being renamed or archived: it is
 * measured against them when its category or an attribute is stated anew.
 */
export function checkShelf(
  categories: CategoryShelf,
  { state }: Product,
  before?: Product,
): ResultAsync<void, UnknownCategory | AttributeMismatch> {
  if (state.categoryId === null || (before !== undefined && isDescribedAlike(state, before.state)))
    return okAsync();
  return categories
    .definitionsFor(state.categoryId)
    .mapErr(() => UNKNOWN_CATEGORY)
    .andThen((definitions) => checkDescription(definitions, state));
}

type Described = Pick<Product['state'], 'categoryId' | 'attributes' | 'variants'>;

function isDescribedAlike(after: Described, before: Described): boolean {
  return (
    after.categoryId === before.categoryId &&
    after.attributes === before.attributes &&
    after.variants.length === before.variants.length &&
    after.variants.every(({ attributes }, at) => attributes === before.variants[at]?.attributes)
  );
}
