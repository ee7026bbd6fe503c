import { err, ok, Result } from 'neverthrow';

import type { Currency } from '../core/currency.value.ts';
import type { FieldPath, InvalidText } from '../core/text.value.ts';
import {
  arrangeChoices,
  parseOptions,
  type InvalidOptions,
  type ProductOption,
} from './product-options.value.ts';
import { parseVariant, type DraftVariant, type InvalidVariant, type Variant } from './variant.ts';

const MOST_VARIANTS = 200;

export type InvalidVariantCount = {
  readonly code: 'catalog.invalid_variant_count';
  readonly path: FieldPath;
  readonly maximum: number;
};
export type DuplicateSkuInProduct = {
  readonly code: 'catalog.duplicate_sku';
  readonly sku: string;
  readonly path: FieldPath;
};
export type WrongPriceCurrency = {
  readonly code: 'catalog.wrong_price_currency';
  readonly expected: string;
  readonly path: FieldPath;
};
export type InvalidVariants =
  | InvalidVariant
  | InvalidVariantCount
  | DuplicateSkuInProduct
  | WrongPriceCurrency
  | InvalidOptions;

/** A product's variants and the axes along which they differ: neither stands without the other. */
export type Assortment = {
  readonly options: readonly ProductOption[];
  readonly variants: readonly [Variant, ...Variant[]];
};

export function parseAssortment(
  options: readonly ProductOption[],
  drafts: readonly DraftVariant[],
  currency: Currency,
): Result<Assortment, InvalidVariants | InvalidText> {
  if (drafts.length > MOST_VARIANTS) return wrongCount();
  const parsed = drafts.map((draft, index) => parseStoreVariant(draft, currency, placeOf(index)));
  return Result.combine(parsed).andThen((variants) => assort(options, variants, placeOf));
}

/** The variants that there were, under other axes. */
export function reassort(
  options: readonly ProductOption[],
  variants: readonly Variant[],
): Result<Assortment, InvalidVariants | InvalidText> {
  return assort(options, variants, placeOf);
}

/** The variants with one more, or with one in the place of an older self; a defect of it is told at its own fields. */
export function withVariant(
  { options, variants }: Assortment,
  draft: DraftVariant,
): Result<Assortment, InvalidVariants | InvalidText> {
  const [{ price }] = variants;
  const at = variants.findIndex(({ id }) => id === draft.id);
  const index = at === -1 ? variants.length : at;
  return parseStoreVariant(draft, price.currency, []).andThen((variant) => {
    const placed = at === -1 ? [...variants, variant] : variants.with(index, variant);
    if (placed.length > MOST_VARIANTS) return wrongCount();
    return assort(options, placed, () => []);
  });
}

function parseStoreVariant(
  draft: DraftVariant,
  currency: Currency,
  path: FieldPath,
): Result<Variant, InvalidVariant | WrongPriceCurrency> {
  return draft.price.currency === currency
    ? parseVariant(draft, path)
    : err({
        code: 'catalog.wrong_price_currency',
        expected: currency,
        path: [...path, 'price', 'currency'],
      });
}

function assort(
  options: readonly ProductOption[],
  variants: readonly Variant[],
  place: (index: number) => FieldPath,
): Result<Assortment, InvalidVariants | InvalidText> {
  const skus = variants.map(({ sku }) => sku);
  const repeated = skus.findIndex((sku, index) => skus.indexOf(sku) !== index);
  const sku = skus[repeated];
  if (sku !== undefined)
    return err({ code: 'catalog.duplicate_sku', sku, path: [...place(repeated), 'sku'] });
  return parseOptions(options).andThen((axes) =>
    arrangeChoices(axes, variants, place).andThen(([first, ...others]) =>
      first === undefined
        ? wrongCount()
        : ok<Assortment>({ options: axes, variants: [first, ...others] }),
    ),
  );
}

function placeOf(index: number): FieldPath {
  return ['variants', index];
}

function wrongCount(): Result<never, InvalidVariantCount> {
  return err({ code: 'catalog.invalid_variant_count', path: ['variants'], maximum: MOST_VARIANTS });
}
