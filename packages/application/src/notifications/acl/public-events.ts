import type { DomainEvent } from '@kastoma/domain/core';
import type { PublicEventType } from '@kastoma/domain/notifications';
import type { OrderingEvent } from '@kastoma/domain/ordering';
import type { PaymentsEvent } from '@kastoma/domain/payments';

import type { EventOf } from '../../core/acl/shop-event.ts';
import type { PublicEvent } from '../webhook-message.ts';

type Told = OrderingEvent | PaymentsEvent;

/** How an event is told outside: under which name, and what of it. */
type Publication<Event> = {
  readonly type: PublicEventType;
  readonly dataOf: (event: Event) => object;
};

type OfOrder = { readonly payload: { readonly orderId: string; readonly number: string } };
type OfPayment = { readonly payload: { readonly paymentId: string; readonly orderId: string } };

const ofOrder = ({ payload: { orderId, number } }: OfOrder) => ({ order_id: orderId, number });
const ofPayment = ({ payload: { paymentId, orderId } }: OfPayment) => ({
  payment_id: paymentId,
  order_id: orderId,
});
const unitsOf = ({ variantId, quantity }: { variantId: string; quantity: number }) => ({
  variant_id: variantId,
  quantity,
});

/**
 * What programs outside are told: a type that is not here is the shop's own business. Nothing
 * of people is in it, and no words that anybody typed; whoever needs more reads the order.
 */
const PUBLICATIONS = {
  'ordering.order_placed': publish('order.placed', (event) => ({
    ...ofOrder(event),
    total: event.payload.total,
    items: event.payload.items.map(unitsOf),
  })),
  'ordering.order_confirmed': publish('order.confirmed', ofOrder),
  'ordering.order_processing_started': publish('order.processing', ofOrder),
  'ordering.order_fulfilled': publish('order.fulfilled', (event) => ({
    ...ofOrder(event),
    fulfilment_id: event.payload.fulfilmentId,
    lines: event.payload.lines.map((line) => ({ item_id: line.itemId, ...unitsOf(line) })),
    carrier: event.payload.carrier,
    tracking_number: event.payload.trackingNumber,
    complete: event.payload.complete,
  })),
  'ordering.order_delivered': publish('order.delivered', ofOrder),
  'ordering.order_cancelled': publish('order.cancelled', (event) => ({
    ...ofOrder(event),
    items: event.payload.items.map(unitsOf),
  })),
  'ordering.order_refunded': publish('order.refunded', (event) => ({
    ...ofOrder(event),
    refund_id: event.payload.refundId,
    amount: event.payload.amount,
    tax: event.payload.tax,
    lines: event.payload.lines.map(({ itemId, quantity, amount, tax }) => ({
      item_id: itemId,
      quantity,
      amount,
      tax,
    })),
    shipping: event.payload.shipping,
  })),
  'payments.payment_authorized': publish('payment.authorized', (event) => ({
    ...ofPayment(event),
    total: event.payload.total,
  })),
  'payments.payment_captured': publish('payment.captured', (event) => ({
    ...ofPayment(event),
    total: event.payload.total,
  })),
  'payments.payment_refunded': publish('payment.refunded', (event) => ({
    ...ofPayment(event),
    total: event.payload.total,
  })),
  'payments.payment_voided': publish('payment.voided', ofPayment),
  'payments.operation_declined': publish('payment.declined', (event) => ({
    ...ofPayment(event),
    operation: event.payload.operation,
  })),
} as const satisfies { readonly [Type in Told['type']]?: Publication<EventOf<Type>> };

type PublishedType = keyof typeof PUBLICATIONS;

/** What is told outside, as the shop tells it itself. */
export type PublishedEvent = EventOf<PublishedType>;

/** The types of the shop's own events that are told outside. */
export const PUBLISHED_TYPES = Object.keys(PUBLICATIONS) as readonly PublishedType[];

/** The event as programs outside are told of it; null where it is the shop's own business. */
export function publicEventOf(
  event: DomainEvent,
  id: string,
  correlationId: string,
): PublicEvent | null {
  const publications: Readonly<Record<string, Publication<never>>> = PUBLICATIONS;
  const publication = Object.hasOwn(publications, event.type) ? publications[event.type] : null;
  if (publication === undefined || publication === null) return null;
  const { type, dataOf } = publication;
  return { id, type, occurredAt: event.occurredAt, correlationId, data: dataOf(event as never) };
}

function publish<Event>(
  type: PublicEventType,
  dataOf: (event: Event) => object,
): Publication<Event> {
  return { type, dataOf };
}
