import type { Fulfilment } from './fulfilment.value.ts';
import type { OrderingEvent } from './order.events.ts';
import type { OrderState } from './order.state.ts';
import type { OrderRefund, RefundedPart } from './refund.value.ts';

/** An event without what the order adds to each: its id and number, its version and the time. */
type HappeningOf<Event extends OrderingEvent> = Event extends OrderingEvent
  ? {
      readonly type: Event['type'];
      readonly payload: Omit<Event['payload'], 'orderId' | 'number'>;
    }
  : never;
export type OrderHappening = HappeningOf<OrderingEvent>;

export function placed({ customerId, totals, items }: OrderState): OrderHappening {
  return {
    type: 'ordering.order_placed',
    payload: { customerId, total: totals.total.toJSON(), items: unitsOf(items) },
  };
}

export function confirmed(): OrderHappening {
  return { type: 'ordering.order_confirmed', payload: {} };
}

export function processingStarted(): OrderHappening {
  return { type: 'ordering.order_processing_started', payload: {} };
}

export function fulfilled(
  { items }: OrderState,
  { id, lines, carrier, trackingNumber }: Fulfilment,
  isComplete: boolean,
): OrderHappening {
  const units = items.flatMap(({ id: itemId, variantId }) =>
    lines
      .filter((line) => line.itemId === itemId)
      .map(({ quantity }) => ({ itemId, variantId, quantity })),
  );
  return {
    type: 'ordering.order_fulfilled',
    payload: { fulfilmentId: id, lines: units, carrier, trackingNumber, complete: isComplete },
  };
}

export function delivered(): OrderHappening {
  return { type: 'ordering.order_delivered', payload: {} };
}

export function cancelled({ items }: OrderState, reason: string): OrderHappening {
  return { type: 'ordering.order_cancelled', payload: { reason, items: unitsOf(items) } };
}

export function refunded({ id, reason, lines, shipping, ...whole }: OrderRefund): OrderHappening {
  return {
    type: 'ordering.order_refunded',
    payload: {
      refundId: id,
      reason,
      ...asJson(whole),
      lines: lines.map(({ itemId, quantity, ...part }) => ({ itemId, quantity, ...asJson(part) })),
      shipping: shipping === null ? null : asJson(shipping),
    },
  };
}

function unitsOf(items: OrderState['items']) {
  return items.map(({ variantId, quantity }) => ({ variantId, quantity }));
}

function asJson({ amount, tax }: RefundedPart) {
  return { amount: amount.toJSON(), tax: tax.toJSON() };
}
