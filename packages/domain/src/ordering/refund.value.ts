import type { OrderItemId, RefundId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { Money } from '../core/money.value.ts';

/** What is paid back of a part of an order, the tax in it included. */
export type RefundedPart = {
  readonly amount: Money;
  /** The part of the amount that is tax. */
  readonly tax: Money;
};

export type RefundedLine<ItemId extends string = string> = RefundedPart & {
  readonly itemId: ItemId;
  /** Units paid back as a whole; none where only an amount goes back. */
  readonly quantity: number;
};

/** What one refund pays back: the amount is that of its lines and of shipping, and so is its tax. */
export type Refund<ItemId extends string = string> = RefundedPart & {
  /** Of the items that something is paid back for, in the order of the items. */
  readonly lines: readonly RefundedLine<ItemId>[];
  /** Null when nothing of it is paid back. */
  readonly shipping: RefundedPart | null;
};

export type OrderRefundLine = RefundedLine<OrderItemId> & {
  /** Of the units paid back those that had not left, and will not leave any more. */
  readonly withheld: number;
};

/** A refund, frozen in its order. */
export type OrderRefund = Omit<Refund<OrderItemId>, 'lines'> & {
  readonly lines: readonly OrderRefundLine[];
  readonly id: RefundId;
  readonly reason: string;
  readonly at: Instant;
};
