import type { ResultAsync } from 'neverthrow';

import type { FieldPath, VariantId } from '@kastoma/domain/core';

export type OpeningStock = {
  readonly variantId: VariantId;
  readonly units: number;
  readonly path: FieldPath;
};

export type InvalidOpeningStock = {
  readonly code: 'catalog.invalid_opening_stock';
  readonly path: FieldPath;
  readonly maximum: number;
};

/** Opens the stock accounts of a product's variants, in the transaction that stores the product. */
export interface StockOpening {
  open(stocks: readonly OpeningStock[]): ResultAsync<void, InvalidOpeningStock>;
}
