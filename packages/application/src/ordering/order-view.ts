import type { Address, Instant, Money } from '@kastoma/domain/core';
import {
  fulfilmentStatusOf,
  paymentStatusOf,
  type FrozenPrice,
  type FulfilmentStatus,
  type Order,
  type PaymentStatus,
} from '@kastoma/domain/ordering';

export type OrderPaymentView = {
  readonly id: string;
  readonly method: string;
  readonly status: PaymentStatus;
  readonly amount: Money;
  readonly captured: Money;
  readonly refunded: Money;
  /** The provider's name for it; for staff. */
  readonly reference: string | null;
  /** Why the provider has last said no; a code. */
  readonly declineReason: string | null;
  /** What the customer's browser needs to go on with the provider; shown once. */
  readonly clientSecret: string | null;
  readonly createdAt: Instant;
};

/** An order as it is shown. */
export type OrderView = FrozenPrice & {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly status: string;
  readonly paymentStatus: PaymentStatus;
  readonly fulfilmentStatus: FulfilmentStatus;
  readonly email: string | null;
  readonly shippingAddress: Address;
  readonly billingAddress: Address;
  readonly shippingMethod: string;
  readonly paymentMethod: string;
  readonly payments: readonly OrderPaymentView[];
  readonly notes: string;
  readonly placedAt: Instant;
  readonly version: number;
};

/** Derives what is shown from the order and its payments, the oldest first. */
export function viewOrder(order: Order, payments: readonly OrderPaymentView[]): OrderView {
  const { id, number, customerId, status, notes, placedAt } = order.state;
  const { currency, prices, items, shipping, promotions, totals } = order.state;
  const { email, shippingAddress, billingAddress, paymentMethod } = order.state;
  return {
    id,
    number,
    customerId,
    status: status.name,
    paymentStatus: paymentStatusOf(payments),
    fulfilmentStatus: fulfilmentStatusOf(order.state),
    currency,
    prices,
    items,
    shipping,
    promotions,
    totals,
    email,
    shippingAddress,
    billingAddress,
    shippingMethod: order.shippingMethod,
    paymentMethod,
    payments,
    notes,
    placedAt,
    version: order.version,
  };
}
