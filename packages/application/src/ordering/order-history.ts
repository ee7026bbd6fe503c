import { describeActor, type Actor, type Instant } from '@kastoma/domain/core';
import type { OrderingEvent } from '@kastoma/domain/ordering';

export type HistoryDetail = Readonly<Record<string, string | number | boolean | null>>;

/** One change of an order: its version tells which one. */
export type OrderHistoryEntry = {
  readonly orderId: string;
  readonly version: number;
  readonly type: OrderingEvent['type'];
  readonly actor: string;
  readonly at: Instant;
  readonly detail: HistoryDetail;
};

type EventOf<Type extends OrderingEvent['type']> = Extract<OrderingEvent, { type: Type }>;
const nothing = () => ({});

/** Ids, codes and numbers alone: what people wrote stands in the order, where it can be forgotten. */
const DETAILS: {
  readonly [Type in OrderingEvent['type']]: (event: EventOf<Type>) => HistoryDetail;
} = {
  'ordering.order_placed': nothing,
  'ordering.order_confirmed': nothing,
  'ordering.order_processing_started': nothing,
  'ordering.order_fulfilled': ({ payload }) => ({
    fulfilment_id: payload.fulfilmentId,
    complete: payload.complete,
  }),
  'ordering.order_delivered': nothing,
  'ordering.order_cancelled': nothing,
  'ordering.order_refunded': ({ payload }) => ({
    refund_id: payload.refundId,
    amount: payload.amount.amount,
    currency: payload.amount.currency,
  }),
};

/** What these events leave in the history of their order when somebody causes them. */
export function historyOf(
  events: readonly OrderingEvent[],
  actor: Actor,
): readonly OrderHistoryEntry[] {
  return events.map((event) => {
    // Each entry takes the event of its own type; the index ties the two together, which the compiler cannot see.
    const detailOf = DETAILS[event.type] as (told: OrderingEvent) => HistoryDetail;
    return {
      orderId: event.aggregateId,
      version: event.aggregateVersion,
      type: event.type,
      actor: describeActor(actor),
      at: event.occurredAt,
      detail: detailOf(event),
    };
  });
}
