import type { DomainEvent } from '../core/domain-event.ts';
import type { MoneyJson } from '../core/money.value.ts';

export type OrderPlaced = DomainEvent<
  'ordering.order_placed',
  {
    readonly orderId: string;
    readonly number: string;
    readonly customerId: string;
    readonly total: MoneyJson;
    readonly items: readonly { readonly variantId: string; readonly quantity: number }[];
  }
>;

export type OrderingEvent = OrderPlaced;
