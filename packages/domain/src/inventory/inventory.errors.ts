import type { VariantId } from '../core/ids.value.ts';
import type { FieldPath } from '../core/text.value.ts';
import type { PostedType } from './stock-movement.value.ts';

export type StockNotFound = { readonly code: 'inventory.stock_not_found' };
export type LocationNotFound = { readonly code: 'inventory.location_not_found' };
export type LocationCodeTaken = {
  readonly code: 'inventory.location_code_taken';
  readonly path: FieldPath;
};

/** More units than an account holds, or not a number of units at all. */
export type InvalidStock = {
  readonly code: 'inventory.invalid_stock';
  readonly path: FieldPath;
  readonly maximum: number;
};

export type InvalidReorderPoint = {
  readonly code: 'inventory.invalid_reorder_point';
  readonly path: FieldPath;
  readonly maximum: number;
};

export type InvalidMovementQuantity = {
  readonly code: 'inventory.invalid_movement_quantity';
  readonly path: FieldPath;
  readonly type: PostedType;
  readonly maximum: number;
};

/** Fewer units would be left than are promised, and the account allows. */
export type StockTooLow = {
  readonly code: 'inventory.stock_too_low';
  readonly onHand: number;
  readonly reserved: number;
  readonly lowestAvailable: number;
};

/** Nobody counts the units of this variant. */
export type StockNotTracked = { readonly code: 'inventory.stock_not_tracked' };

export type Shortage = {
  readonly variantId: VariantId;
  readonly requested: number;
  /** How many can be had. */
  readonly available: number;
};
export type InsufficientStock = {
  readonly code: 'inventory.insufficient_stock';
  readonly shortages: readonly Shortage[];
};

/** More units are to be shipped than are held for it; `available` is what is held. */
export type UnitsNotReserved = {
  readonly code: 'inventory.units_not_reserved';
  readonly shortages: readonly Shortage[];
};
