import type { ResultAsync } from 'neverthrow';

import type { Instant, LocationId, VariantId } from '@kastoma/domain/core';
import type {
  Demand,
  InsufficientStock,
  InvalidStock,
  Moved,
  MovementCause,
  Stock,
  StockMovement,
  StockNotFound,
  UnitsNotReserved,
} from '@kastoma/domain/inventory';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

export type RecordedMovement = StockMovement & { readonly id: string };

/**
 * The accounts of what is there, the movements that explain them, and the reservations whose open
 * units are what is reserved. Orders are served from the default location. A demand names each
 * variant once, in sorted order; the reference of a cause is what units are held under.
 */
export interface StockLedger {
  /** Opens the accounts of new variants. */
  open(openings: readonly Moved[]): ResultAsync<void, never>;
  /** Nobody else changes it until the transaction ends. A variant's account at another location is opened here. */
  find(variantId: VariantId, locationId: LocationId): ResultAsync<Stock, StockNotFound>;
  /** Stores what became of an account that was found, and gives the lines of the ledger back. */
  save(
    before: Stock,
    moved: Moved,
    at: Instant,
  ): ResultAsync<readonly RecordedMovement[], ConcurrentUpdate>;
  /**
   * Promises units of several variants: all of them or none, until then or for good. A
   * variant without an account has no units; of one that is not tracked nothing is held.
   */
  reserve(
    demand: readonly Demand[],
    cause: MovementCause,
    expiresAt?: Instant | null,
  ): ResultAsync<void, InsufficientStock>;
  /** Sets when what is still held expires; answers how many reservations that were. */
  holdUntil(reference: string, expiresAt: Instant | null): ResultAsync<number, never>;
  /** Gives back all that is still held, and says what that was: nothing the second time. */
  release(cause: MovementCause): ResultAsync<readonly Demand[], never>;
  /** Posts the sale of units that are held; of a variant that was not tracked when it was ordered there is nothing to post. */
  fulfil(demand: readonly Demand[], cause: MovementCause): ResultAsync<void, UnitsNotReserved>;
  /** Puts sold units back on the shelf. */
  restock(
    demand: readonly Demand[],
    cause: MovementCause,
  ): ResultAsync<void, InvalidStock | StockNotFound>;
}
