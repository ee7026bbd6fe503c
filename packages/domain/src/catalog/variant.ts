import { err, ok, Result } from 'neverthrow';

import type { VariantId } from '../core/ids.value.ts';
import type { Money } from '../core/money.value.ts';
import { parseText, type FieldPath, type InvalidText } from '../core/text.value.ts';
import { parseAttributes, type Attributes, type InvalidAttributes } from './attributes.value.ts';
import { parseSku, type InvalidSku, type Sku } from './sku.value.ts';

/** The dearest unit price, in minor units: times the largest cart it still fits 64 bits. */
export const HIGHEST_PRICE_MINOR_UNITS = 10n ** 12n;
const HEAVIEST_GRAMS = 10_000_000;

export type Variant = {
  readonly id: VariantId;
  readonly sku: Sku;
  /** Null when the product comes in one form only. */
  readonly name: string | null;
  readonly price: Money;
  readonly compareAtPrice: Money | null;
  /** No promotion brings a unit below it. */
  readonly minimumPrice: Money | null;
  readonly attributes: Attributes;
  readonly weightGrams: number | null;
  readonly taxClass: string;
};

export type DraftVariant = {
  readonly id: VariantId;
  readonly sku: string;
  readonly name?: string | undefined;
  readonly price: Money;
  readonly compareAtPrice?: Money | undefined;
  readonly minimumPrice?: Money | undefined;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly weightGrams?: number | undefined;
  readonly taxClass?: string | undefined;
};

export type InvalidPrice = {
  readonly code: 'catalog.invalid_price';
  readonly path: FieldPath;
  readonly reason: 'negative' | 'too_high' | 'other_currency' | 'above_price';
};
export type InvalidWeight = { readonly code: 'catalog.invalid_weight'; readonly path: FieldPath };
export type InvalidVariant =
  | InvalidPrice
  | InvalidWeight
  | InvalidText
  | InvalidSku
  | InvalidAttributes;

export function parseVariant(
  draft: DraftVariant,
  path: FieldPath,
): Result<Variant, InvalidVariant> {
  const optionalText = (text: string | undefined, field: string, maximumLength: number) =>
    parseText(text ?? '', { path: [...path, field], maximumLength, mayBeEmpty: true });
  return Result.combine([
    checkPrice(draft.price, [...path, 'price']),
    draft.compareAtPrice === undefined
      ? ok(null)
      : checkAgainst(draft.price, draft.compareAtPrice, [...path, 'compareAtPrice']),
    draft.minimumPrice === undefined
      ? ok(null)
      : checkMinimumPrice(draft.minimumPrice, draft.price, [...path, 'minimumPrice']),
    checkWeight(draft.weightGrams, [...path, 'weightGrams']),
  ]).andThen(([price, compareAtPrice, minimumPrice, weightGrams]) =>
    Result.combine([
      parseSku(draft.sku, [...path, 'sku']),
      optionalText(draft.name, 'name', 200),
      optionalText(draft.taxClass, 'taxClass', 40),
      parseAttributes(draft.attributes ?? {}, [...path, 'attributes']),
    ]).map(([sku, name, taxClass, attributes]) => ({
      id: draft.id,
      sku,
      name: name === '' ? null : name,
      price,
      compareAtPrice,
      minimumPrice,
      attributes,
      weightGrams,
      taxClass: taxClass === '' ? 'standard' : taxClass,
    })),
  );
}

function checkPrice(price: Money, path: FieldPath): Result<Money, InvalidPrice> {
  if (price.isNegative) return err({ code: 'catalog.invalid_price', path, reason: 'negative' });
  return price.minorUnits > HIGHEST_PRICE_MINOR_UNITS
    ? err({ code: 'catalog.invalid_price', path, reason: 'too_high' })
    : ok(price);
}

function checkAgainst(price: Money, other: Money, path: FieldPath): Result<Money, InvalidPrice> {
  return other.currency === price.currency
    ? checkPrice(other, path)
    : err({ code: 'catalog.invalid_price', path, reason: 'other_currency' });
}

function checkMinimumPrice(
  minimum: Money,
  price: Money,
  path: FieldPath,
): Result<Money, InvalidPrice> {
  return checkAgainst(price, minimum, path).andThen(() =>
    minimum.minorUnits > price.minorUnits
      ? err({ code: 'catalog.invalid_price' as const, path, reason: 'above_price' as const })
      : ok(minimum),
  );
}

function checkWeight(
  grams: number | undefined,
  path: FieldPath,
): Result<number | null, InvalidWeight> {
  if (grams === undefined) return ok(null);
  return Number.isInteger(grams) && grams >= 0 && grams <= HEAVIEST_GRAMS
    ? ok(grams)
    : err({ code: 'catalog.invalid_weight', path });
}
