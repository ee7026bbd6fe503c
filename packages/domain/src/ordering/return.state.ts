import type { OrderId, OrderItemId, RefundId, ReturnId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';

export const RETURN_STATUSES = ['requested', 'received', 'cancelled'] as const;
export type ReturnStatusName = (typeof RETURN_STATUSES)[number];

export type ReturnStatus =
  | { readonly name: 'requested' }
  | { readonly name: 'received'; readonly at: Instant }
  | { readonly name: 'cancelled'; readonly at: Instant };

export type ReturnLine = {
  readonly itemId: OrderItemId;
  /** Announced; of those that came back fewer may have come. */
  readonly quantity: number;
  /** None until it is received. */
  readonly received: number;
  /** Whether what came back is sold again. */
  readonly restock: boolean;
};

export type ReturnState = {
  readonly id: ReturnId;
  readonly orderId: OrderId;
  /** In the order in which they were announced; an item stands in it at most once. */
  readonly lines: readonly ReturnLine[];
  /** In the words of whoever asked; may be empty. */
  readonly reason: string;
  readonly status: ReturnStatus;
  /** What was paid back when it came; null where nothing was, or it was paid back by itself. */
  readonly refundId: RefundId | null;
  /** The order that goes out for it; null where there is none. */
  readonly exchangeOrderId: OrderId | null;
  readonly requestedAt: Instant;
};
