import { err, ok, type Result } from 'neverthrow';

import type { LocationId, VariantId } from '../core/ids.value.ts';
import type { FieldPath } from '../core/text.value.ts';
import { DEFAULT_LOCATION_ID } from './default-location.ts';
import type { Demand } from './demand.value.ts';
import type {
  InsufficientStock,
  InvalidMovementQuantity,
  InvalidReorderPoint,
  InvalidStock,
  StockNotTracked,
  StockTooLow,
} from './inventory.errors.ts';
import {
  LARGEST_STOCK,
  type MovementCause,
  type MovementType,
  type PostedType,
  type StockMovement,
} from './stock-movement.value.ts';
import { lowestAvailable, TRACKED, type Tracking } from './tracking.value.ts';

export type StockState = {
  readonly variantId: VariantId;
  readonly locationId: LocationId;
  readonly onHand: number;
  readonly reserved: number;
  readonly tracking: Tracking;
  /** With so many available or fewer, stock is low; null: the shop's own threshold. */
  readonly reorderPoint: number | null;
};

/** What became of an account, and the lines of the ledger that say why; none where no unit moved. */
export type Moved = { readonly stock: Stock; readonly movements: readonly StockMovement[] };

/** What is left out stays as it is. */
export type StockRevision = {
  readonly counted?: number | undefined;
  readonly tracking?: Tracking | undefined;
  readonly reorderPoint?: number | null | undefined;
};

/** How many units of a variant there are at a location, and how many of these are promised to orders. */
export class Stock {
  readonly state: StockState;
  readonly version: number;

  private constructor(state: StockState, version: number) {
    this.state = Object.freeze(state);
    this.version = version;
    Object.freeze(this);
  }

  /** Opens the account of a new variant; the first units come by a movement, like all others. */
  static open(
    variantId: VariantId,
    units: number,
    cause: MovementCause,
    path: FieldPath = ['stock'],
  ): Result<Moved, InvalidStock> {
    if (!isNumberOfUnits(units)) {
      return err({ code: 'inventory.invalid_stock', path, maximum: LARGEST_STOCK });
    }
    const empty = Stock.empty(variantId, DEFAULT_LOCATION_ID);
    if (units === 0) return ok({ stock: empty, movements: [] });
    const { stock, movements } = empty.#move('adjustment', units, 0, cause);
    return ok({ stock: new Stock(stock.state, empty.version), movements });
  }

  /** An account that nothing was ever put into. */
  static empty(variantId: VariantId, locationId: LocationId): Stock {
    const none = { onHand: 0, reserved: 0, tracking: TRACKED, reorderPoint: null };
    return new Stock({ variantId, locationId, ...none }, 1);
  }

  /** For persistence only. */
  static restore(state: StockState, version: number): Stock {
    return new Stock(state, version);
  }

  get available(): number {
    return this.state.onHand - this.state.reserved;
  }

  /** How many units can be promised. */
  get orderable(): number {
    const { reserved, tracking } = this.state;
    if (tracking.mode === 'not_tracked') return LARGEST_STOCK;
    return Math.min(this.available - lowestAvailable(tracking), LARGEST_STOCK - reserved);
  }

  get isInStock(): boolean {
    return this.orderable > 0;
  }

  /** Promises units to somebody. Where nobody counts anything can be had, and nothing is written down. */
  reserve(demand: Demand, cause: MovementCause): Result<Moved, InsufficientStock> {
    const { variantId, tracking } = this.state;
    const { quantity } = demand;
    const isMet = Number.isInteger(quantity) && quantity >= 1 && quantity <= this.orderable;
    if (!isMet) {
      const shortage = { variantId, requested: quantity, available: this.orderable };
      return err({ code: 'inventory.insufficient_stock', shortages: [shortage] });
    }
    if (tracking.mode === 'not_tracked') return ok({ stock: this, movements: [] });
    return ok(this.#move('reservation', 0, quantity, cause));
  }

  /** Takes a promise of so many units back. */
  release(quantity: number, cause: MovementCause): Moved {
    return this.#move('release', 0, -quantity, cause);
  }

  /** Units that were promised leave the house. */
  fulfil(quantity: number, cause: MovementCause): Moved {
    return this.#move('sale', -quantity, -quantity, cause);
  }

  /** Units that were sold come back; where nobody counts there is nothing to write down. */
  restock(quantity: number, cause: MovementCause): Result<Moved, InvalidStock> {
    if (this.state.tracking.mode === 'not_tracked') return ok({ stock: this, movements: [] });
    return this.#boundedBy(['quantity'], this.#move('return', quantity, 0, cause));
  }

  /** What staff write down: damage takes units away, an adjustment does what its sign says. */
  post(
    type: PostedType,
    quantity: number,
    cause: MovementCause,
  ): Result<Moved, InvalidMovementQuantity | InvalidStock | StockNotTracked | StockTooLow> {
    const isSigned = type === 'adjustment';
    const units = isSigned ? Math.abs(quantity) : quantity;
    if (!isNumberOfUnits(units) || units === 0) {
      const maximum = LARGEST_STOCK;
      const path = ['quantity'];
      return err({ code: 'inventory.invalid_movement_quantity', path, type, maximum });
    }
    if (this.state.tracking.mode === 'not_tracked')
      return err({ code: 'inventory.stock_not_tracked' });
    const moved = this.#move(type, type === 'damage' ? -quantity : quantity, 0, cause);
    return this.#boundedBy(['quantity'], moved).andThen(requireEnough);
  }

  /** A stock take, with or without new rules for the account: what was counted is what is there. */
  revise(
    { counted, tracking = this.state.tracking, reorderPoint }: StockRevision,
    cause: MovementCause,
  ): Result<Moved, InvalidReorderPoint | InvalidStock | StockNotTracked | StockTooLow> {
    const isPoint =
      reorderPoint === undefined || reorderPoint === null || isNumberOfUnits(reorderPoint);
    if (!isPoint) {
      const path = ['reorderPoint'];
      return err({ code: 'inventory.invalid_reorder_point', path, maximum: LARGEST_STOCK });
    }
    if (counted !== undefined && !isNumberOfUnits(counted)) {
      return err({ code: 'inventory.invalid_stock', path: ['onHand'], maximum: LARGEST_STOCK });
    }
    if (counted !== undefined && tracking.mode === 'not_tracked')
      return err({ code: 'inventory.stock_not_tracked' });
    const rules = { tracking, ...(reorderPoint === undefined ? {} : { reorderPoint }) };
    const ruled = new Stock({ ...this.state, ...rules }, this.version);
    const difference = (counted ?? this.state.onHand) - this.state.onHand;
    const moved =
      difference === 0
        ? { stock: new Stock(ruled.state, this.version + 1), movements: [] }
        : ruled.#move('adjustment', difference, 0, cause);
    return requireEnough(moved);
  }

  #boundedBy(path: FieldPath, moved: Moved): Result<Moved, InvalidStock> {
    return moved.stock.state.onHand > LARGEST_STOCK
      ? err({ code: 'inventory.invalid_stock', path, maximum: LARGEST_STOCK })
      : ok(moved);
  }

  #move(
    type: MovementType,
    onHandDelta: number,
    reservedDelta: number,
    cause: MovementCause,
  ): Moved {
    const { variantId, locationId } = this.state;
    const onHand = this.state.onHand + onHandDelta;
    const reserved = this.state.reserved + reservedDelta;
    const stock = new Stock({ ...this.state, onHand, reserved }, this.version + 1);
    const movement = {
      ...cause,
      variantId,
      locationId,
      type,
      onHandDelta,
      reservedDelta,
      onHandAfter: onHand,
      reservedAfter: reserved,
    };
    return { stock, movements: [movement] };
  }
}

function isNumberOfUnits(units: number): boolean {
  return Number.isInteger(units) && units >= 0 && units <= LARGEST_STOCK;
}

/** What is promised must be there, as far as the account asks for it. */
function requireEnough(moved: Moved): Result<Moved, StockTooLow> {
  const { onHand, reserved, tracking } = moved.stock.state;
  const lowest = lowestAvailable(tracking);
  return moved.stock.available < lowest
    ? err({ code: 'inventory.stock_too_low', onHand, reserved, lowestAvailable: lowest })
    : ok(moved);
}
