import type { Address, Instant, Money } from '@kastoma/domain/core';
import {
  fulfilmentStatusOf,
  paymentStatusOf,
  type FrozenPrice,
  type Fulfilment,
  type FulfilmentStatus,
  type Order,
  type OrderRefund,
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
  /** Null: a guest's. */
  readonly customerId: string | null;
  readonly status: string;
  /** Why it was cancelled; null of one that was not. */
  readonly cancelReason: string | null;
  readonly paymentStatus: PaymentStatus;
  readonly fulfilmentStatus: FulfilmentStatus;
  readonly email: string | null;
  readonly shippingAddress: Address;
  readonly billingAddress: Address;
  readonly shippingMethod: string;
  readonly paymentMethod: string;
  readonly payments: readonly OrderPaymentView[];
  /** The oldest first. */
  readonly fulfilments: readonly Fulfilment[];
  /** The oldest first. */
  readonly refunds: readonly OrderRefund[];
  readonly notes: string;
  readonly placedAt: Instant;
  readonly version: number;
};

/** Derives what is shown from the order and its payments, the oldest first, and from how many of its units are back. */
export function viewOrder(
  order: Order,
  payments: readonly OrderPaymentView[],
  returned: number = 0,
): OrderView {
  const { id, number, customerId, status, notes, placedAt } = order.state;
  const { currency, prices, items, shipping, promotions, totals } = order.state;
  const { email, shippingAddress, billingAddress, paymentMethod, fulfilments, refunds } =
    order.state;
  return {
    id,
    number,
    customerId,
    status: status.name,
    cancelReason: status.name === 'cancelled' ? status.reason : null,
    paymentStatus: paymentStatusOf(payments),
    fulfilmentStatus: fulfilmentStatusOf(order.state, returned),
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
    fulfilments,
    refunds,
    notes,
    placedAt,
    version: order.version,
  };
}

/** Without providers' names for its payments: they are for staff. */
export function withoutReferences(order: OrderView): OrderView {
  return {
    ...order,
    payments: order.payments.map((payment) => ({ ...payment, reference: null })),
  };
}
