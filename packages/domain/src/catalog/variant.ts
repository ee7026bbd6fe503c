import { err, ok, Result } from 'neverthrow';

import type { Currency } from '../core/currency.value.ts';
import type { VariantId } from '../core/ids.value.ts';
import type { Money } from '../core/money.value.ts';
import { parseText, type FieldPath, type InvalidText } from '../core/text.value.ts';
import { parseAttributes, type Attributes, type InvalidAttributes } from './attributes.value.ts';
import { parseBarcode, type Barcode, type InvalidBarcode } from './barcode.value.ts';
import { parseDimensions, type Dimensions, type InvalidDimensions } from './dimensions.value.ts';
import type { OptionChoice } from './product-options.value.ts';
import { parseSku, type InvalidSku, type Sku } from './sku.value.ts';
import {
  checkAgainst,
  parseOtherPrices,
  parsePrice,
  type DraftPrice,
  type InvalidPrice,
  type VariantPrice,
} from './variant-price.ts';

const HEAVIEST_GRAMS = 10_000_000;

/** One form of a product. Its own price is in the store's currency. */
export type Variant = VariantPrice & {
  readonly id: VariantId;
  readonly sku: Sku;
  /** Null when the product comes in one form only. */
  readonly name: string | null;
  /** In other currencies; in one that is not here it is not for sale. Nothing is ever converted. */
  readonly prices: readonly VariantPrice[];
  /** What a unit costs the merchant, in the store's currency; nobody else is told. */
  readonly cost: Money | null;
  /** One value of each of the product's options, in their order. */
  readonly options: readonly OptionChoice[];
  readonly barcode: Barcode | null;
  readonly attributes: Attributes;
  readonly weightGrams: number | null;
  readonly dimensions: Dimensions | null;
  readonly taxClass: string;
};

export type DraftVariant = DraftPrice & {
  readonly id: VariantId;
  readonly sku: string;
  readonly name?: string | undefined;
  readonly prices?: readonly DraftPrice[] | undefined;
  readonly cost?: Money | undefined;
  readonly options?: readonly OptionChoice[] | undefined;
  readonly barcode?: string | undefined;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly weightGrams?: number | undefined;
  readonly dimensions?: Dimensions | undefined;
  readonly taxClass?: string | undefined;
};

/** What is left out stays; what is null, goes. */
export type VariantChanges = {
  readonly [Field in Exclude<keyof DraftVariant, 'id'>]?: DraftVariant[Field] | null | undefined;
};

export type InvalidWeight = { readonly code: 'catalog.invalid_weight'; readonly path: FieldPath };
export type InvalidVariant =
  | InvalidPrice
  | InvalidWeight
  | InvalidDimensions
  | InvalidBarcode
  | InvalidText
  | InvalidSku
  | InvalidAttributes;

/** Reads a variant by itself; whether its options are the product's, the product knows. */
export function parseVariant(
  draft: DraftVariant,
  path: FieldPath,
): Result<Variant, InvalidVariant> {
  const optionalText = (text: string | undefined, field: string, maximumLength: number) =>
    parseText(text ?? '', { path: [...path, field], maximumLength, mayBeEmpty: true });
  return Result.combine([
    parsePrice(draft, path),
    parseOtherPrices(draft.prices ?? [], draft.price, [...path, 'prices']),
    checkAgainst(draft.price, draft.cost, [...path, 'cost']),
    checkWeight(draft.weightGrams, [...path, 'weightGrams']),
  ]).andThen(([price, prices, cost, weightGrams]) =>
    Result.combine([
      parseSku(draft.sku, [...path, 'sku']),
      optionalText(draft.name, 'name', 200),
      optionalText(draft.taxClass, 'taxClass', 40),
      parseAttributes(draft.attributes ?? {}, [...path, 'attributes']),
      ifGiven(draft.barcode, (text) => parseBarcode(text, [...path, 'barcode'])),
      ifGiven(draft.dimensions, (sides) => parseDimensions(sides, [...path, 'dimensions'])),
    ]).map(([sku, name, taxClass, attributes, barcode, dimensions]) => ({
      id: draft.id,
      sku,
      name: name === '' ? null : name,
      ...price,
      prices,
      cost,
      options: draft.options ?? [],
      barcode,
      attributes,
      weightGrams,
      dimensions,
      taxClass: taxClass === '' ? 'standard' : taxClass,
    })),
  );
}

/** What it costs in a currency; null where it is not for sale in it. */
export function priceIn(variant: Variant, currency: Currency): VariantPrice | null {
  const { price, compareAtPrice, minimumPrice, prices } = variant;
  return price.currency === currency
    ? { price, compareAtPrice, minimumPrice }
    : (prices.find((other) => other.price.currency === currency) ?? null);
}

/** The variant as somebody would write it to get it again. */
export function draftOf(variant: Variant): DraftVariant {
  return {
    ...variant,
    name: variant.name ?? undefined,
    compareAtPrice: variant.compareAtPrice ?? undefined,
    minimumPrice: variant.minimumPrice ?? undefined,
    prices: variant.prices.map(({ price, compareAtPrice, minimumPrice }) => ({
      price,
      compareAtPrice: compareAtPrice ?? undefined,
      minimumPrice: minimumPrice ?? undefined,
    })),
    cost: variant.cost ?? undefined,
    barcode: variant.barcode ?? undefined,
    weightGrams: variant.weightGrams ?? undefined,
    dimensions: variant.dimensions ?? undefined,
  };
}

/** The variant with changes, as somebody would write it. SKU and price cannot go. */
export function changedDraft(variant: Variant, changes: VariantChanges): DraftVariant {
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
  const given = Object.fromEntries(
    entries.map(([field, value]: [string, unknown]) => [field, value ?? undefined]),
  );
  const { sku, price } = variant;
  return {
    ...draftOf(variant),
    ...given,
    sku: changes.sku ?? sku,
    price: changes.price ?? price,
    id: variant.id,
  };
}

function ifGiven<Given, Value, E>(
  given: Given | undefined,
  parse: (given: Given) => Result<Value, E>,
): Result<Value | null, E> {
  return given === undefined ? ok(null) : parse(given);
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
