import type { LocationId, VariantId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';

/** Units of one variant that are promised under a reference. */
export type Reservation = {
  readonly id: string;
  readonly reference: string;
  readonly variantId: VariantId;
  readonly locationId: LocationId;
  /** As many as were promised in all. */
  readonly quantity: number;
  readonly fulfilled: number;
  readonly released: number;
  /** Null: it holds until somebody ends it. */
  readonly expiresAt: Instant | null;
};

/** Units that are still held. */
export function openQuantity({ quantity, fulfilled, released }: Reservation): number {
  return quantity - fulfilled - released;
}
