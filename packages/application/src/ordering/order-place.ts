import type { Cursor } from '../core/page.ts';
import type { OrderFilter } from './order-filter.ts';
import type { OrderView } from './order-view.ts';

/** A place in the feed of orders: when the last one was placed, or its total in minor units, and its id. */
export type OrderPlace =
  | Cursor<'-placed_at' | 'placed_at', readonly [placedAt: number, id: string]>
  | Cursor<'-total' | 'total', readonly [minorUnits: string, id: string]>;

/** Behind this order, in this ordering. */
export function placeOfOrder(
  { id, placedAt, totals }: OrderView,
  ordering: OrderFilter['ordering'],
): OrderPlace {
  return ordering === 'total' || ordering === '-total'
    ? { ordering, keys: [String(totals.total.minorUnits), id] }
    : { ordering, keys: [placedAt, id] };
}
