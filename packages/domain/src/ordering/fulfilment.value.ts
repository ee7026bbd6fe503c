import type { FulfilmentId, OrderItemId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';

/** So many units of an item that leave together. */
export type FulfilmentLine = { readonly itemId: OrderItemId; readonly quantity: number };

/** A parcel: what left, with whom, and how to follow it. */
export type Fulfilment = {
  readonly id: FulfilmentId;
  /** In the order of the order's items; an item stands in it at most once. */
  readonly lines: readonly FulfilmentLine[];
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly at: Instant;
};

/** How many units of each item have left. */
export function fulfilledUnits(fulfilments: readonly Fulfilment[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { itemId, quantity } of fulfilments.flatMap(({ lines }) => lines))
    units.set(itemId, (units.get(itemId) ?? 0) + quantity);
  return units;
}
