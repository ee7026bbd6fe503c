import { facetAttribute, facetFilter } from '../../catalog/facet-filter.ts';
import {
  attributeValues,
  categoryValues,
  MOST_FACET_VALUES,
  priceBounds,
  priceValues,
  ratingValues,
  stockValues,
  type Counted,
  type Facet,
  type FacetName,
  type FacetValue,
} from '../../catalog/product-facets.ts';
import type { CategoryReference } from '../../catalog/product-listing.ts';
import type { ProductFilter } from '../../catalog/product-queries.port.ts';
import { ratingOf, type ListedProduct } from './listed-products.ts';
import { filterableAttributes } from './product-search.ts';

/** Counts among what each facet leaves without its own filter. */
export function facetsOf(
  names: readonly FacetName[],
  filter: ProductFilter,
  find: (filter: ProductFilter) => readonly ListedProduct[],
): readonly Facet[] {
  return names.map((name) => ({
    name,
    values: valuesOf(name, find(facetFilter(filter, name))),
    countIsExact: true,
  }));
}

function valuesOf(name: FacetName, products: readonly ListedProduct[]): readonly FacetValue[] {
  const [first] = products;
  if (first === undefined) return name === 'rating' ? ratingValues([]) : [];
  const { currency } = first.price;
  switch (name) {
    case 'category':
      return categoryValues(countedCategories(products));
    case 'price':
      return priceValues(
        counted(products, ({ price }) => [
          priceBounds(currency).filter((bound) => bound <= price.minorUnits).length,
        ]),
        currency,
      );
    case 'in_stock':
      return stockValues(counted(products, ({ inStock }) => [inStock]));
    case 'rating':
      return ratingValues(counted(products, (one) => [Math.floor(ratingOf(one) / 1_000)]));
    default: {
      const attribute = facetAttribute(name);
      return attributeValues(
        attribute,
        counted(products, (one) => [...(filterableAttributes(one).get(attribute) ?? [])]),
      );
    }
  }
}

function countedCategories(
  products: readonly ListedProduct[],
): readonly Counted<CategoryReference>[] {
  const references = new Map(
    products.flatMap(({ category }) => (category === null ? [] : [[category.id, category]])),
  );
  return counted(products, ({ category }) => (category === null ? [] : [category.id])).flatMap(
    ({ key, count }) => {
      const reference = references.get(key);
      return reference === undefined ? [] : [{ key: reference, count }];
    },
  );
}

/** The most frequent first, and among equals by the key. */
function counted<Key extends string | number | boolean>(
  products: readonly ListedProduct[],
  keysOf: (product: ListedProduct) => readonly Key[],
): readonly Counted<Key>[] {
  const counts = new Map<Key, number>();
  for (const key of products.flatMap(keysOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .map(([key, count]) => ({ key, count }))
    .toSorted((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
    .slice(0, MOST_FACET_VALUES);
}
