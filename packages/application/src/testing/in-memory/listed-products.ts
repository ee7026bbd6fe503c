import type { Money } from '@kastoma/domain/core';

import type {
  AttributeFilter,
  ProductFilter,
  ProductOrdering,
  ProductPlace,
} from '../../catalog/product-queries.port.ts';
import type { ProductView } from '../../catalog/product-view.ts';
import { byKeys, descending } from './in-memory-page.ts';
import { filterableAttributes } from './product-search.ts';

/** A product that is for sale in the currency that was asked for. */
export type ListedProduct = ProductView & { readonly price: Money };

/** With how well it fits the search. */
export type RankedProduct = { readonly product: ListedProduct; readonly rank: number };

export function isListed(product: ProductView): product is ListedProduct {
  return product.price !== null;
}

/** All but the search and the tree of a category. */
export function matches(product: ListedProduct, filter: ProductFilter): boolean {
  return isPricedAs(product, filter) && isDescribedAs(product, filter);
}

function isPricedAs(product: ListedProduct, filter: ProductFilter): boolean {
  const { minimumPrice, maximumPrice, inStock, minimumRating = null } = filter;
  const { minorUnits } = product.price;
  return (
    (minimumPrice === null || minorUnits >= minimumPrice) &&
    (maximumPrice === null || minorUnits <= maximumPrice) &&
    (inStock === null || product.inStock === inStock) &&
    (minimumRating === null || ratingOf(product) >= minimumRating)
  );
}

function isDescribedAs(product: ListedProduct, filter: ProductFilter): boolean {
  const { category, status = null, tags = [], attributes = [] } = filter;
  const { createdFrom = null, createdBefore = null } = filter;
  return (
    (category === null ||
      product.category?.id === category.toLowerCase() ||
      product.category?.slug === category) &&
    (status === null || product.status === status) &&
    (tags.length === 0 || tags.some((tag) => product.tags.includes(tag))) &&
    attributes.every((attribute) => hasAttribute(product, attribute)) &&
    (createdFrom === null || product.createdAt >= createdFrom) &&
    (createdBefore === null || product.createdAt < createdBefore)
  );
}

function hasAttribute(product: ListedProduct, { name, values }: AttributeFilter): boolean {
  const listed = [...(filterableAttributes(product).get(name.toLowerCase()) ?? [])];
  return listed.some((value) =>
    values.some((wanted) =>
      typeof value === 'number' ? Number(wanted) === value : String(value) === wanted,
    ),
  );
}

/** In thousandths of a star; 0 where nobody has rated it. */
export function ratingOf({ rating: { sum, count } }: ListedProduct): number {
  return count === 0 ? 0 : Math.round((sum * 1_000) / count);
}

/** Among equals by id, and the other way round where the order is. */
export function orderBy(ordering: ProductOrdering): (a: RankedProduct, b: RankedProduct) => number {
  const name = ordering.startsWith('-') ? ordering.slice(1) : ordering;
  const ascending = byKeys<RankedProduct>(
    (ranked) => keyOf(name as ProductOrdering, ranked),
    ({ product }) => product.id,
  );
  return isDescending(ordering) ? descending(ascending) : ascending;
}

export function isBehind(place: ProductPlace): (ranked: RankedProduct) => boolean {
  const [, key, id] = place.keys;
  return (ranked) => {
    const own = keyOf(place.ordering, ranked);
    const last = typeof own === 'bigint' ? BigInt(key) : key;
    const isLater = own === last ? ranked.product.id > id : own > last;
    const isSame = own === last && ranked.product.id === id;
    return isDescending(place.ordering) ? !isLater && !isSame : isLater;
  };
}

export function placeOf(
  ordering: ProductOrdering,
  step: number,
  ranked: RankedProduct,
): ProductPlace {
  const key = keyOf(ordering, ranked);
  const shown = typeof key === 'bigint' ? String(key) : key;
  return { ordering, keys: [step, shown, ranked.product.id] } as unknown as ProductPlace;
}

function isDescending(ordering: ProductOrdering): boolean {
  return ordering === 'relevance' || ordering.startsWith('-');
}

function keyOf(
  ordering: ProductOrdering,
  { product, rank }: RankedProduct,
): string | number | bigint {
  switch (ordering) {
    case 'relevance':
      return rank;
    case 'name':
    case '-name':
      return product.name;
    case 'price':
    case '-price':
      return product.price.minorUnits;
    case 'created_at':
    case '-created_at':
      return product.createdAt;
    case 'rating':
    case '-rating':
      return ratingOf(product);
  }
}
