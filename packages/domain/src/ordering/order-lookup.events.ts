import type { DomainEvent } from '../core/domain-event.ts';
import type { OrderId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';

/**
 * Somebody asked for the token of a guest's order, by its number and an address. It is told whether there is such an order
 * or not, so that asking is the same work; null where there is none. Neither number nor address is told.
 */
export type OrderLookupRequested = DomainEvent<
  'ordering.order_lookup_requested',
  { readonly orderId: string | null }
>;

/** A request belongs to no order: it is told as a thing of its own. */
export function orderLookupRequested(request: {
  readonly id: string;
  readonly orderId: OrderId | null;
  readonly at: Instant;
}): OrderLookupRequested {
  return {
    type: 'ordering.order_lookup_requested',
    schemaVersion: 1,
    aggregateId: request.id,
    aggregateVersion: 1,
    occurredAt: request.at,
    payload: { orderId: request.orderId },
  };
}
