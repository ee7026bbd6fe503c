import type { ResultAsync } from 'neverthrow';

import type { Instant, OrderId, VariantId } from '@kastoma/domain/core';
import type { OutOfStock } from '@kastoma/domain/ordering';

/** Promises an order's units, in the transaction that places it. */
export interface StockReservations {
  /** Lines that share a variant are added up; all are reserved or none. */
  reserve(
    orderId: OrderId,
    lines: readonly { readonly variantId: VariantId; readonly quantity: number }[],
    at: Instant,
  ): ResultAsync<void, OutOfStock>;
}
