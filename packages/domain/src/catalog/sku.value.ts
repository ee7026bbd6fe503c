import { err, ok, type Result } from 'neverthrow';

import type { FieldPath } from '../core/text.value.ts';

/** A stock keeping unit: the merchant's own name for one variant, unique in the shop, compared to the letter. */
export type Sku = string & { readonly __brand: 'Sku' };

export type InvalidSku = { readonly code: 'catalog.invalid_sku'; readonly path: FieldPath };

const LONGEST_SKU = 64;
/** Composing makes a text at most four times shorter; a longer one is not worth composing. */
const LONGEST_DECOMPOSED_SKU = LONGEST_SKU * 4;
const SHAPE = /^[^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Z}])?$/u;

export function parseSku(text: string, path: FieldPath = ['sku']): Result<Sku, InvalidSku> {
  const trimmed = text.trim();
  const isReadable = text.isWellFormed() && trimmed.length <= LONGEST_DECOMPOSED_SKU;
  const normal = isReadable ? trimmed.normalize('NFC') : '';
  return normal.length <= LONGEST_SKU && SHAPE.test(normal)
    ? ok(normal as Sku)
    : err({ code: 'catalog.invalid_sku', path });
}
