import type { DomainEvent } from '../core/domain-event.ts';
import type { MoneyJson } from '../core/money.value.ts';

type OrderReference = { readonly orderId: string; readonly number: string };
type UnitsOfVariant = { readonly variantId: string; readonly quantity: number };
type RefundedPartJson = { readonly amount: MoneyJson; readonly tax: MoneyJson };

export type OrderPlaced = DomainEvent<
  'ordering.order_placed',
  OrderReference & {
    /** Null: a guest's. */
    readonly customerId: string | null;
    readonly total: MoneyJson;
    readonly items: readonly UnitsOfVariant[];
  }
>;

export type OrderConfirmed = DomainEvent<'ordering.order_confirmed', OrderReference>;

export type OrderProcessingStarted = DomainEvent<
  'ordering.order_processing_started',
  OrderReference
>;

/** Units left. */
export type OrderFulfilled = DomainEvent<
  'ordering.order_fulfilled',
  OrderReference & {
    readonly fulfilmentId: string;
    readonly lines: readonly (UnitsOfVariant & { readonly itemId: string })[];
    readonly carrier: string | null;
    readonly trackingNumber: string | null;
    /** Whether these were the last ones: the order is shipped. */
    readonly complete: boolean;
  }
>;

export type OrderDelivered = DomainEvent<'ordering.order_delivered', OrderReference>;

/** No unit of it had left: all are given back. */
export type OrderCancelled = DomainEvent<
  'ordering.order_cancelled',
  OrderReference & { readonly reason: string; readonly items: readonly UnitsOfVariant[] }
>;

export type OrderRefunded = DomainEvent<
  'ordering.order_refunded',
  OrderReference &
    RefundedPartJson & {
      readonly refundId: string;
      readonly reason: string;
      readonly lines: readonly (RefundedPartJson & {
        readonly itemId: string;
        readonly quantity: number;
      })[];
      readonly shipping: RefundedPartJson | null;
    }
>;

export type OrderingEvent =
  | OrderPlaced
  | OrderConfirmed
  | OrderProcessingStarted
  | OrderFulfilled
  | OrderDelivered
  | OrderCancelled
  | OrderRefunded;
