import { err, ok, type Result } from 'neverthrow';

import type { VariantId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { FieldPath } from '../core/text.value.ts';
import type { Demand } from './demand.value.ts';

export const MOVEMENT_TYPES = [
  'sale',
  'purchase',
  'adjustment',
  'return',
  'damage',
  'reservation',
  'release',
] as const;
export type MovementType = (typeof MOVEMENT_TYPES)[number];

/** The largest number of units of one variant. */
export const LARGEST_STOCK = 1_000_000_000;

/** Why a movement happened: the thing that caused it, and who. */
export type MovementCause = {
  readonly reference: string;
  readonly actor: string;
  readonly reason: string;
  readonly at: Instant;
};

/**
 * One line of the ledger. On hand and reserved are each the sum of their deltas;
 * what stood before is the after less the delta.
 */
export type StockMovement = MovementCause & {
  readonly variantId: VariantId;
  readonly type: MovementType;
  readonly onHandDelta: number;
  readonly reservedDelta: number;
  readonly onHandAfter: number;
  readonly reservedAfter: number;
};

export type InvalidStock = {
  readonly code: 'inventory.invalid_stock';
  readonly path: FieldPath;
  readonly maximum: number;
};
export type Shortage = {
  readonly variantId: VariantId;
  readonly requested: number;
  readonly available: number;
};
export type InsufficientStock = {
  readonly code: 'inventory.insufficient_stock';
  readonly shortages: readonly Shortage[];
};

/** How many units of a variant there are, and how many of these are promised to orders. */
export class Stock {
  readonly variantId: VariantId;
  readonly onHand: number;
  readonly reserved: number;

  private constructor(variantId: VariantId, onHand: number, reserved: number) {
    this.variantId = variantId;
    this.onHand = onHand;
    this.reserved = reserved;
    Object.freeze(this);
  }

  /** Opens the account of a new variant; the first units come by a movement, like all others. */
  static open(
    variantId: VariantId,
    units: number,
    cause: MovementCause,
    path: FieldPath = ['stock'],
  ): Result<{ stock: Stock; movements: readonly StockMovement[] }, InvalidStock> {
    if (!Number.isInteger(units) || units < 0 || units > LARGEST_STOCK) {
      return err({ code: 'inventory.invalid_stock', path, maximum: LARGEST_STOCK });
    }
    const empty = new Stock(variantId, 0, 0);
    if (units === 0) return ok({ stock: empty, movements: [] });
    const { stock, movement } = empty.#move('adjustment', units, 0, cause);
    return ok({ stock, movements: [movement] });
  }

  /** For persistence only. */
  static restore(state: { variantId: VariantId; onHand: number; reserved: number }): Stock {
    return new Stock(state.variantId, state.onHand, state.reserved);
  }

  get available(): number {
    return this.onHand - this.reserved;
  }

  /**
   * Promises units to somebody: what is available is the limit, and no stock meets a demand for less
   * than one. The SQL that takes the units in the database is this rule's second writing; the ledger's
   * contract suite, which the fake on this method and PostgreSQL both pass, ties the two together.
   */
  reserve(
    demand: Demand,
    cause: MovementCause,
  ): Result<{ stock: Stock; movement: StockMovement }, InsufficientStock> {
    const isMet =
      Number.isInteger(demand.quantity) &&
      demand.quantity >= 1 &&
      demand.quantity <= this.available;
    if (!isMet) {
      const shortage = {
        variantId: this.variantId,
        requested: demand.quantity,
        available: this.available,
      };
      return err({ code: 'inventory.insufficient_stock', shortages: [shortage] });
    }
    return ok(this.#move('reservation', 0, demand.quantity, cause));
  }

  #move(
    type: MovementType,
    onHandDelta: number,
    reservedDelta: number,
    cause: MovementCause,
  ): { stock: Stock; movement: StockMovement } {
    const stock = new Stock(
      this.variantId,
      this.onHand + onHandDelta,
      this.reserved + reservedDelta,
    );
    const movement = {
      ...cause,
      variantId: this.variantId,
      type,
      onHandDelta,
      reservedDelta,
      onHandAfter: stock.onHand,
      reservedAfter: stock.reserved,
    };
    return { stock, movement };
  }
}
