import type {
  ProductFeed,
  ProductFilter,
  ProductPage,
  ProductPlace,
  ProductQueries,
} from '@kastoma/application/catalog';
import {
  LARGEST_MINOR_UNITS,
  minorUnitDigits,
  type Actor,
  type Currency,
} from '@kastoma/domain/core';

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

/** A bound beyond all money is as good as the largest. Otherwise it is compared exactly, however many digits it has: 9.995 is more than 9.99 and less than 10.00. */
function largestAtMost(decimal: string, currency: Currency): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const digits = minorUnitDigits(currency);
  const minorUnits = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return minorUnits < LARGEST_MINOR_UNITS ? minorUnits : LARGEST_MINOR_UNITS;
}

function smallestAtLeast(decimal: string, currency: Currency): bigint {
  const beyond = (decimal.split('.')[1] ?? '').slice(minorUnitDigits(currency));
  const atMost = largestAtMost(decimal, currency);
  return /[1-9]/.test(beyond) && atMost < LARGEST_MINOR_UNITS ? atMost + 1n : atMost;
}
