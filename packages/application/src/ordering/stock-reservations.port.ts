import type { ResultAsync } from 'neverthrow';

import type { Instant, OrderId, VariantId } from '@kastoma/domain/core';
import type { OutOfStock } from '@kastoma/domain/ordering';

/** An order's units: promised in the transaction that places it, sold as they leave, and given back where it is called off. */
export interface StockReservations {
  /** Lines that share a variant are added up; all are reserved or none. */
  reserve(
    orderId: OrderId,
    lines: readonly { readonly variantId: VariantId; readonly quantity: number }[],
    at: Instant,
  ): ResultAsync<void, OutOfStock>;
  /** Gives back all that is still held for the order: nothing the second time. */
  release(orderId: OrderId, reason: string, at: Instant): ResultAsync<void, never>;
  /** Posts the sale of units that leave. */
  fulfil(
    orderId: OrderId,
    lines: readonly { readonly variantId: VariantId; readonly quantity: number }[],
    at: Instant,
  ): ResultAsync<void, never>;
}
