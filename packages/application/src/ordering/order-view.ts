import type { Address, Currency, Instant, Money } from '@kastoma/domain/core';
import {
  fulfilmentStatusOf,
  paymentStatusOf,
  type FulfilmentStatus,
  type Order,
  type OrderItem,
  type OrderTotals,
  type PaymentStatus,
} from '@kastoma/domain/ordering';

export type OrderPaymentView = {
  readonly id: string;
  readonly method: string;
  readonly status: PaymentStatus;
  readonly amount: Money;
  readonly createdAt: Instant;
};

/** An order as it is shown. */
export type OrderView = {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly status: string;
  readonly paymentStatus: PaymentStatus;
  readonly fulfilmentStatus: FulfilmentStatus;
  readonly currency: Currency;
  readonly items: readonly OrderItem[];
  readonly totals: OrderTotals;
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
  const { id, number, customerId, status, currency, items, totals, notes, placedAt } = order.state;
  const { email, shippingAddress, billingAddress, shippingMethod, paymentMethod } = order.state;
  return {
    id,
    number,
    customerId,
    status,
    paymentStatus: paymentStatusOf(payments),
    fulfilmentStatus: fulfilmentStatusOf(),
    currency,
    items,
    totals,
    email,
    shippingAddress,
    billingAddress,
    shippingMethod,
    paymentMethod,
    payments,
    notes,
    placedAt,
    version: order.version,
  };
}
