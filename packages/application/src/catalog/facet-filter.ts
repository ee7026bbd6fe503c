import type { FacetName } from './product-facets.ts';
import type { ProductFilter } from './product-queries.port.ts';

/** What a facet is counted among: somebody who chose a value is still told what the others would give. */
export function facetFilter<Filter extends ProductFilter>(filter: Filter, name: FacetName): Filter {
  switch (name) {
    case 'category':
      return { ...filter, category: null };
    case 'price':
      return { ...filter, minimumPrice: null, maximumPrice: null };
    case 'in_stock':
      return { ...filter, inStock: null };
    case 'rating':
      return { ...filter, minimumRating: null };
    default: {
      const { attributes = [] } = filter;
      const own = facetAttribute(name);
      return {
        ...filter,
        attributes: attributes.filter((attribute) => attribute.name.toLowerCase() !== own),
      };
    }
  }
}

/** The attribute of a facet such as `attr.color`, as attributes are compared. */
export function facetAttribute(name: `attr.${string}`): string {
  return name.slice('attr.'.length).toLowerCase();
}
