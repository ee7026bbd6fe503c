import type { ResultAsync } from 'neverthrow';

import type { Instant, ReturnId, VariantId } from '@kastoma/domain/core';

/** There would be more units than an account holds. */
export type ShelfFull = { readonly code: 'ordering.shelf_full' };

/** Puts units on the shelf that came back, in the transaction that receives them. */
export interface ReturnedStock {
  /** Lines that share a variant are added up. */
  restock(
    returnId: ReturnId,
    lines: readonly { readonly variantId: VariantId; readonly quantity: number }[],
    at: Instant,
  ): ResultAsync<void, ShelfFull>;
}
