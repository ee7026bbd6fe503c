import type { ResultAsync } from 'neverthrow';

import type {
  Demand,
  InsufficientStock,
  MovementCause,
  Stock,
  StockMovement,
} from '@kastoma/domain/inventory';

/** The accounts of what is there, and the movements that explain them. */
export interface StockLedger {
  /** Opens the accounts of new variants. */
  open(
    openings: readonly { readonly stock: Stock; readonly movements: readonly StockMovement[] }[],
  ): ResultAsync<void, never>;
  /**
   * Promises units of several variants: all of them or none. The demand names
   * each variant once, in sorted order. A variant without an account has no units.
   */
  reserve(demand: readonly Demand[], cause: MovementCause): ResultAsync<void, InsufficientStock>;
}
