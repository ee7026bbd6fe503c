import { err, ok, Result } from 'neverthrow';

import type { Money } from '../core/money.value.ts';
import type { FieldPath } from '../core/text.value.ts';

/** The dearest unit price, in minor units: times the largest cart it still fits 64 bits. */
export const HIGHEST_PRICE_MINOR_UNITS = 10n ** 12n;
const MOST_PRICES = 50;

/** What a variant costs in one currency. */
export type VariantPrice = {
  readonly price: Money;
  /** What it cost before, or costs elsewhere. It may be below the price: that is the merchant's affair. */
  readonly compareAtPrice: Money | null;
  /** No promotion brings a unit below it. */
  readonly minimumPrice: Money | null;
};

export type DraftPrice = {
  readonly price: Money;
  readonly compareAtPrice?: Money | undefined;
  readonly minimumPrice?: Money | undefined;
};

export type InvalidPrice = {
  readonly code: 'catalog.invalid_price';
  readonly path: FieldPath;
  readonly reason:
    | 'negative'
    | 'too_high'
    | 'other_currency'
    | 'above_price'
    | 'duplicate_currency'
    | 'too_many';
};

export function parsePrice(
  { price, compareAtPrice, minimumPrice }: DraftPrice,
  path: FieldPath,
): Result<VariantPrice, InvalidPrice> {
  return Result.combine([
    checkAmount(price, [...path, 'price']),
    checkAgainst(price, compareAtPrice, [...path, 'compareAtPrice']),
    checkMinimumPrice(price, minimumPrice, [...path, 'minimumPrice']),
  ]).map(([amount, compareAt, minimum]) => ({
    price: amount,
    compareAtPrice: compareAt,
    minimumPrice: minimum,
  }));
}

/** Prices in other currencies than the store's, one each; sorted by the currency's code. */
export function parseOtherPrices(
  drafts: readonly DraftPrice[],
  storePrice: Money,
  path: FieldPath,
): Result<readonly VariantPrice[], InvalidPrice> {
  if (drafts.length > MOST_PRICES) return refuse('too_many', path);
  const seen = new Set([storePrice.currency]);
  const prices: VariantPrice[] = [];
  for (const [index, draft] of drafts.entries()) {
    const place = [...path, index];
    const price = parsePrice(draft, place);
    if (price.isErr()) return err(price.error);
    const { currency } = draft.price;
    if (seen.has(currency)) return refuse('duplicate_currency', [...place, 'price', 'currency']);
    seen.add(currency);
    prices.push(price.value);
  }
  return ok(prices.toSorted((a, b) => (a.price.currency < b.price.currency ? -1 : 1)));
}

/** An amount that goes with a price, if any: in the same currency, and not absurd. */
export function checkAgainst(
  price: Money,
  other: Money | undefined,
  path: FieldPath,
): Result<Money | null, InvalidPrice> {
  if (other === undefined) return ok(null);
  return other.currency === price.currency
    ? checkAmount(other, path)
    : refuse('other_currency', path);
}

function checkAmount(price: Money, path: FieldPath): Result<Money, InvalidPrice> {
  if (price.isNegative) return refuse('negative', path);
  return price.minorUnits > HIGHEST_PRICE_MINOR_UNITS ? refuse('too_high', path) : ok(price);
}

function checkMinimumPrice(
  price: Money,
  minimum: Money | undefined,
  path: FieldPath,
): Result<Money | null, InvalidPrice> {
  return checkAgainst(price, minimum, path).andThen((checked) =>
    checked !== null && checked.minorUnits > price.minorUnits
      ? refuse('above_price', path)
      : ok(checked),
  );
}

function refuse(reason: InvalidPrice['reason'], path: FieldPath): Result<never, InvalidPrice> {
  return err({ code: 'catalog.invalid_price', path, reason });
}
