import { err, ok, type Result } from 'neverthrow';

import type { FieldPath } from '../core/text.value.ts';
import type { Variant } from './variant.ts';

export type ProductNotFound = { readonly code: 'catalog.product_not_found' };
export type CategoryNotFound = { readonly code: 'catalog.category_not_found' };
/** A category that something shall stand in or below, and that is not there. */
export type UnknownCategory = {
  readonly code: 'catalog.unknown_category';
  readonly path: FieldPath;
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
