import { describe, expect, it } from 'vitest';

import { facetAttribute, facetFilter } from './facet-filter.ts';
import type { ProductFilter } from './product-queries.port.ts';

const EVERYTHING: ProductFilter = {
  audience: 'shoppers',
  search: 'mug',
  category: 'cups',
  categoryTree: null,
  minimumPrice: 100n,
  maximumPrice: 200n,
  inStock: true,
  minimumRating: 4_000,
  attributes: [
    { name: 'Color', values: ['red'] },
    { name: 'size', values: ['M'] },
  ],
  ordering: 'price',
};

describe('what a facet is counted among', () => {
  it.each([
    ['category', { category: null }],
    ['price', { minimumPrice: null, maximumPrice: null }],
    ['in_stock', { inStock: null }],
    ['rating', { minimumRating: null }],
    ['attr.COLOR', { attributes: [{ name: 'size', values: ['M'] }] }],
  ] as const)('%s: everything that the list leaves without its own filter', (name, without) => {
    expect(facetFilter(EVERYTHING, name)).toEqual({ ...EVERYTHING, ...without });
  });

  it('is all that there is where nothing was asked for', () => {
    const { attributes: _, ...others } = EVERYTHING;
    const nothingElse: ProductFilter = others;
    expect(facetFilter(nothingElse, 'attr.size').attributes).toEqual([]);
  });

  it('of an attribute, names it as attributes are compared', () => {
    expect(facetAttribute('attr.Color')).toBe('color');
  });
});
