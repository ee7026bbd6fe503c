import { Money, minorUnitDigits, type Currency } from '@kastoma/domain/core';

import type { CategoryReference } from './product-listing.ts';

/** What products can be told apart by; an attribute by its name, as in `attr.color`. */
export type FacetName = 'category' | 'price' | 'in_stock' | 'rating' | `attr.${string}`;

/** How many products of the list have which value. A value's own filter does not narrow its own facet. */
export type Facet = {
  readonly name: FacetName;
  /** At most 50; the most frequent first, or in their natural order. */
  readonly values: readonly FacetValue[];
  /** More than 10,000 products are not counted: then the first 10,000 were. */
  readonly countIsExact: boolean;
};

export type FacetValue = {
  readonly label: string;
  /** What the list is asked for so that it holds these alone: parameters as they are sent. */
  readonly query: Readonly<Record<string, string>>;
  readonly count: number;
};

export const MOST_FACET_VALUES = 50;

/** How often a key occurs. */
export type Counted<Key> = { readonly key: Key; readonly count: number };

/** By slug, which people can read. */
export function categoryValues(
  counted: readonly Counted<CategoryReference>[],
): readonly FacetValue[] {
  return counted.map(({ key, count }) => ({
    label: key.name,
    query: { category: key.slug },
    count,
  }));
}

export function attributeValues(
  name: string,
  counted: readonly Counted<string | number | boolean>[],
): readonly FacetValue[] {
  return counted.map(({ key, count }) => {
    const value = String(key);
    return { label: value, query: { [`attr.${name}`]: value }, count };
  });
}

export function stockValues(counted: readonly Counted<boolean>[]): readonly FacetValue[] {
  return counted
    .toSorted((a, b) => Number(b.key) - Number(a.key))
    .map(({ key, count }) => ({
      label: key ? 'In stock' : 'Sold out',
      query: { in_stock: String(key) },
      count,
    }));
}

/** Of counts by whole stars, how many have at least four, three, two and one. */
export function ratingValues(counted: readonly Counted<number>[]): readonly FacetValue[] {
  return [4, 3, 2, 1].map((stars) => ({
    label: `${stars} and up`,
    query: { rating_min: String(stars) },
    count: counted.reduce((sum, { key, count }) => (key >= stars ? sum + count : sum), 0),
  }));
}

const STEPS = [1, 2, 5];
const DECADES = 9;

/** Where the ranges of prices begin, in minor units: 0, 1, 2, 5, 10, 20, 50 … of the currency. */
export function priceBounds(currency: Currency): readonly bigint[] {
  const unit = 10n ** BigInt(minorUnitDigits(currency));
  const decades = Array.from({ length: DECADES }, (_, decade) => unit * 10n ** BigInt(decade));
  return [0n, ...decades.flatMap((decade) => STEPS.map((step) => decade * BigInt(step)))];
}

/** Of counts by range, the first of which is 1. */
export function priceValues(
  counted: readonly Counted<number>[],
  currency: Currency,
): readonly FacetValue[] {
  const ranges = priceBounds(currency).map((from, index, bounds) => ({
    from,
    next: bounds[index + 1],
  }));
  return counted
    .toSorted((a, b) => a.key - b.key)
    .flatMap(({ key, count }) =>
      ranges.slice(key - 1, key).map(({ from, next }) => rangeValue(from, next, currency, count)),
    );
}

function rangeValue(
  bound: bigint,
  next: bigint | undefined,
  currency: Currency,
  count: number,
): FacetValue {
  const amount = (minorUnits: bigint) =>
    Money.of(minorUnits, currency)
      .map((money) => money.toJSON().amount)
      .unwrapOr('');
  const from = amount(bound);
  if (next === undefined) return { label: `${from} and up`, query: { min_price: from }, count };
  const to = amount(next - 1n);
  return { label: `${from} to ${to}`, query: { min_price: from, max_price: to }, count };
}
