import { describe, expect, it } from 'vitest';

import type { Currency } from '@kastoma/domain/core';

import {
  attributeValues,
  categoryValues,
  priceBounds,
  priceValues,
  ratingValues,
  stockValues,
} from './product-facets.ts';

const USD = 'USD' as Currency;
const YEN = 'JPY' as Currency;

describe('what products can be told apart by', () => {
  it('is a category by the name that people read and the slug that the list is asked for', () => {
    const cups = { id: 'c1', slug: 'cups', name: 'Cups & mugs' };
    expect(categoryValues([{ key: cups, count: 3 }])).toEqual([
      { label: 'Cups & mugs', query: { category: 'cups' }, count: 3 },
    ]);
  });

  it('is the value of an attribute, whether it is text, a number or a truth', () => {
    const values = attributeValues('size', [
      { key: 'XL', count: 3 },
      { key: 2.5, count: 2 },
      { key: false, count: 1 },
    ]);
    expect(values).toEqual([
      { label: 'XL', query: { 'attr.size': 'XL' }, count: 3 },
      { label: '2.5', query: { 'attr.size': '2.5' }, count: 2 },
      { label: 'false', query: { 'attr.size': 'false' }, count: 1 },
    ]);
  });

  it('is whether it can be had, and what can comes first however little that is', () => {
    const values = stockValues([
      { key: false, count: 9 },
      { key: true, count: 1 },
    ]);
    expect(values).toEqual([
      { label: 'In stock', query: { in_stock: 'true' }, count: 1 },
      { label: 'Sold out', query: { in_stock: 'false' }, count: 9 },
    ]);
  });

  it('is how many stars it has at least, each product counted in all that it reaches', () => {
    const values = ratingValues([
      { key: 5, count: 1 },
      { key: 3, count: 2 },
      { key: 0, count: 7 },
    ]);
    expect(values.map(({ label, count }) => [label, count])).toEqual([
      ['4 and up', 1],
      ['3 and up', 3],
      ['2 and up', 3],
      ['1 and up', 3],
    ]);
    expect(values[0]?.query).toEqual({ rating_min: '4' });
  });
});

describe('a range of prices', () => {
  it('begins where people count on, in whole units of the currency', () => {
    expect(priceBounds(USD).slice(0, 6)).toEqual([0n, 100n, 200n, 500n, 1_000n, 2_000n]);
    expect(priceBounds(YEN).slice(0, 4)).toEqual([0n, 1n, 2n, 5n]);
  });

  it('ends one minor unit before the next, and the cheapest comes first', () => {
    const values = priceValues(
      [
        { key: 5, count: 4 },
        { key: 1, count: 2 },
      ],
      USD,
    );
    expect(values).toEqual([
      { label: '0.00 to 0.99', query: { min_price: '0.00', max_price: '0.99' }, count: 2 },
      { label: '10.00 to 19.99', query: { min_price: '10.00', max_price: '19.99' }, count: 4 },
    ]);
  });

  it('has no end where it is the dearest', () => {
    const last = priceBounds(USD).length;
    expect(priceValues([{ key: last, count: 1 }], USD)).toEqual([
      { label: '500000000.00 and up', query: { min_price: '500000000.00' }, count: 1 },
    ]);
  });

  it('that there is not holds nothing', () => {
    const beyond = priceBounds(USD).length + 1;
    const counted = [0, beyond].map((key) => ({ key, count: 1 }));
    expect(priceValues(counted, USD)).toEqual([]);
  });
});
