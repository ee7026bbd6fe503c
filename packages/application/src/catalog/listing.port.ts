import type { ResultAsync } from 'neverthrow';

import type { CategoryId, ProductId, VariantId } from '@kastoma/domain/core';

/** Whether a unit of a variant can be had, as of a version of its account. */
export type StockNote = {
  readonly variantId: VariantId;
  readonly inStock: boolean;
  readonly version: number;
};

/** So many products behind one, in the order of their ids. */
export type ListingBatch = {
  readonly after: ProductId | null;
  readonly limit: number;
  /** Of all, where it is left out. */
  readonly categoryId?: CategoryId | undefined;
};

/**
 * What lists are read from. It follows the catalogue by itself; what the inventory knows it is told, and of a
 * variant keeps the latest version.
 */
export interface Listing {
  note(stocks: readonly StockNote[]): ResultAsync<void, never>;
  /** Makes some products anew, with the words of their category and their stock; gives the last of them, and null behind the end. */
  rebuild(batch: ListingBatch): ResultAsync<ProductId | null, never>;
}
