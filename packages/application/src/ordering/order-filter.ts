import type { Currency, Instant, UserId } from '@kastoma/domain/core';
import type { FulfilmentStatus, OrderStatusName, PaymentStatus } from '@kastoma/domain/ordering';

export const ORDER_ORDERINGS = ['-placed_at', 'placed_at', '-total', 'total'] as const;

/** Orders of which each part is true that is not null. */
export type OrderFilter = {
  readonly status: OrderStatusName | null;
  readonly paymentStatus: PaymentStatus | null;
  readonly fulfilmentStatus: FulfilmentStatus | null;
  readonly customerId: UserId | null;
  /** Given with the order, or of the customer's account; in the form in which addresses are compared. */
  readonly email: string | null;
  readonly number: string | null;
  readonly placedFrom: Instant | null;
  readonly placedBefore: Instant | null;
  readonly currency: Currency | null;
  /** Minor units, and in whatever currency unless one is named. */
  readonly minimumTotal: bigint | null;
  readonly maximumTotal: bigint | null;
  /** Of two that are the same in it the later id comes first, or last, as the others do. */
  readonly ordering: (typeof ORDER_ORDERINGS)[number];
};

export const EVERY_ORDER: OrderFilter = {
  status: null,
  paymentStatus: null,
  fulfilmentStatus: null,
  customerId: null,
  email: null,
  number: null,
  placedFrom: null,
  placedBefore: null,
  currency: null,
  minimumTotal: null,
  maximumTotal: null,
  ordering: '-placed_at',
};
