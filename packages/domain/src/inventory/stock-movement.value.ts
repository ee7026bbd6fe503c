import type { LocationId, VariantId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';

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

/** The types that staff may post; the others are what orders do. */
export const POSTED_TYPES = ['purchase', 'adjustment', 'return', 'damage'] as const;
export type PostedType = (typeof POSTED_TYPES)[number];

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
  readonly locationId: LocationId;
  readonly type: MovementType;
  readonly onHandDelta: number;
  readonly reservedDelta: number;
  readonly onHandAfter: number;
  readonly reservedAfter: number;
};
