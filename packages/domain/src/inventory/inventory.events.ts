import type { DomainEvent } from '../core/domain-event.ts';
import type { Instant } from '../core/instant.value.ts';
import type { Stock } from './stock.aggregate.ts';
import type { TrackingMode } from './tracking.value.ts';

/** Staff changed an account, or the last unit that could be had went or the first came back. */
export type StockChanged = DomainEvent<
  'inventory.stock_changed',
  {
    readonly variantId: string;
    readonly locationId: string;
    readonly tracking: TrackingMode;
    readonly onHand: number;
    readonly reserved: number;
    /** Null where nobody counts. */
    readonly available: number | null;
    readonly inStock: boolean;
    readonly inStockChanged: boolean;
  }
>;

export type LocationCreated = DomainEvent<
  'inventory.location_created',
  { readonly locationId: string; readonly code: string; readonly name: string }
>;

export type InventoryEvent = StockChanged | LocationCreated;

/** What is told of an account's way from one state to the next. */
export function stockChanged(before: Stock, after: Stock, at: Instant): StockChanged {
  const { variantId, locationId, onHand, reserved, tracking } = after.state;
  return {
    type: 'inventory.stock_changed',
    schemaVersion: 1,
    aggregateId: variantId,
    aggregateVersion: after.version,
    occurredAt: at,
    payload: {
      variantId,
      locationId,
      tracking: tracking.mode,
      onHand,
      reserved,
      available: tracking.mode === 'not_tracked' ? null : after.available,
      inStock: after.isInStock,
      inStockChanged: after.isInStock !== before.isInStock,
    },
  };
}
