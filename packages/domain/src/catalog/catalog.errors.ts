import { err, ok, type Result } from 'neverthrow';

import type { FieldPath } from '../core/text.value.ts';
import type { Variant } from './variant.ts';

export type ProductNotFound = { readonly code: 'catalog.product_not_found' };
export type VariantNotFound = { readonly code: 'catalog.variant_not_found' };
/** A variant that shall be changed among others, and that the product does not have, or that was stated already. */
export type UnknownVariant = {
  readonly code: 'catalog.unknown_variant';
  readonly path: FieldPath;
};
/** A product is sold in one variant at least. */
export type LastVariant = { readonly code: 'catalog.last_variant' };
/** It is found under another slug by now; it may move on. */
export type ProductMoved = { readonly code: 'catalog.product_moved'; readonly slug: string };
/** A product that shall be shown beside another one, and that is not there. */
export type UnknownRelated = {
  readonly code: 'catalog.unknown_related';
  readonly path: FieldPath;
};
/** The category has another slug by now. */
export type CategoryRenamed = { readonly code: 'catalog.category_renamed'; readonly slug: string };
export type CategoryNotFound = { readonly code: 'catalog.category_not_found' };
/** A category that something shall stand in or below, and that is not there. */
export type UnknownCategory = {
  readonly code: 'catalog.unknown_category';
  readonly path: FieldPath;
};
/** Something still stands in it or below it. */
export type CategoryInUse = {
  readonly code: 'catalog.category_in_use';
  readonly by: 'categories' | 'products';
};
export type TooManyCategories = {
  readonly code: 'catalog.too_many_categories';
  readonly maximum: number;
};
/** A place in an order that is none. */
export type InvalidPosition = {
  readonly code: 'catalog.invalid_position';
  readonly path: FieldPath;
  readonly maximum: number;
};
export type SlugTaken = { readonly code: 'catalog.slug_taken'; readonly slug: string };
/** All SKUs that other products have, and the place of the first. */
export type SkuTaken = {
  readonly code: 'catalog.sku_taken';
  readonly skus: readonly string[];
  readonly path: FieldPath;
};

/** Refuses variants whose SKU another product has. */
export function refuseTakenSkus(
  variants: readonly Variant[],
  isTaken: (sku: string) => boolean,
): Result<void, SkuTaken> {
  const skus = variants.map(({ sku }) => sku).filter((sku) => isTaken(sku));
  const first = variants.findIndex(({ sku }) => isTaken(sku));
  return first === -1
    ? ok()
    : err({ code: 'catalog.sku_taken', skus, path: ['variants', first, 'sku'] });
}
