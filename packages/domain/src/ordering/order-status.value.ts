import type { Instant } from '../core/instant.value.ts';

/** Where an order stands in its life; what exists in one state only is kept in that state. */
export type OrderStatus =
  /** Placed and not yet confirmed. */
  | { readonly name: 'pending' }
  | { readonly name: 'confirmed'; readonly at: Instant }
  /** Being packed; some units may have left already. */
  | { readonly name: 'processing'; readonly at: Instant }
  /** Every unit has left. */
  | { readonly name: 'shipped'; readonly at: Instant }
  | { readonly name: 'delivered'; readonly at: Instant }
  | { readonly name: 'cancelled'; readonly at: Instant; readonly reason: string };

export type OrderStatusName = OrderStatus['name'];

const NEXT = {
  pending: ['confirmed', 'cancelled'],
  confirmed: ['processing', 'cancelled'],
  processing: ['shipped', 'cancelled'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
} as const satisfies Record<OrderStatusName, readonly OrderStatusName[]>;

export const ORDER_STATUSES = Object.keys(NEXT) as readonly OrderStatusName[];

/**
 * Where an order may go from here, by the rules alone: one of which a unit has left is not cancelled any more.
 */
export function legalNextOf(
  status: OrderStatusName,
  { hasShippedUnits }: { readonly hasShippedUnits: boolean },
): readonly OrderStatusName[] {
  return NEXT[status].filter((next) => next !== 'cancelled' || !hasShippedUnits);
}
