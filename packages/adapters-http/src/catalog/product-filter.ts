import type {
  ProductFeed,
  ProductFilter,
  ProductPage,
  ProductPlace,
  ProductQueries,
} from '@kastoma/application/catalog';
import type { Actor, Currency } from '@kastoma/domain/core';

import { largestAtMost, smallestAtLeast } from '../core/amount-bounds.ts';
import { toPart } from '../core/cursors.ts';
import { audienceOf } from './audience.ts';
import { isSearching, orderingOf, type ProductsQuery } from './product-list.schemas.ts';

/** What the query of a list of products asks for. */
export function toProductFilter(
  query: ProductsQuery,
  actor: Actor,
  storeCurrency: Currency,
): ProductFilter {
  const { currency = storeCurrency, search = '', min_price: minimum, max_price: maximum } = query;
  return {
    audience: audienceOf(actor),
    search: isSearching(query) ? search.trim() : null,
    category: query.category ?? null,
    categoryTree: query.category_tree ?? null,
    currency,
    minimumPrice: minimum === undefined ? null : smallestAtLeast(minimum, currency),
    maximumPrice: maximum === undefined ? null : largestAtMost(maximum, currency),
    inStock: query.in_stock === undefined ? null : query.in_stock === 'true',
    minimumRating: query.rating_min ?? null,
    tags: query.tag ?? [],
    attributes: query.attr ?? [],
    createdFrom: query.created_after ?? null,
    createdBefore: query.created_before ?? null,
    status: query.status ?? null,
    ordering: orderingOf(query),
  };
}

/** The part of the list that the query asks for, with what is shown beside it. */
export async function listProducts(
  productQueries: ProductQueries,
  filter: ProductFilter,
  query: ProductsQuery,
): Promise<ProductPage | ProductFeed> {
  const extras = { facets: query.facets ?? [], highlights: query.highlight === 'true' };
  const part = toPart<ProductPlace>(query);
  return 'after' in part
    ? productQueries.feed(filter, part, extras)
    : productQueries.list(filter, part, extras);
}
