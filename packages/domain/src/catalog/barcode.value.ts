import { err, ok, type Result } from 'neverthrow';

import type { FieldPath } from '../core/text.value.ts';

/** A Global Trade Item Number: GTIN-8, -12 (UPC-A), -13 (EAN, ISBN) or -14, with its check digit. */
export type Barcode = string & { readonly __brand: 'Barcode' };

export type InvalidBarcode = { readonly code: 'catalog.invalid_barcode'; readonly path: FieldPath };

const GTIN = /^(?:\d{8}|\d{12,14})$/;

/** Reads the digits under the bars; a merchant's own numbers are SKUs. */
export function parseBarcode(
  text: string,
  path: FieldPath = ['barcode'],
): Result<Barcode, InvalidBarcode> {
  const digits = text.length > 100 ? '' : text.trim();
  return GTIN.test(digits) && hasItsCheckDigit(digits)
    ? ok(digits as Barcode)
    : err({ code: 'catalog.invalid_barcode', path });
}

/** From the right, digits count once and three times in turn; in all, a multiple of ten. */
function hasItsCheckDigit(digits: string): boolean {
  const sum = [...digits]
    .toReversed()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
