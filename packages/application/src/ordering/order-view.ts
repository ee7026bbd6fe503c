import type { Address, Currency, Instant, Money } from '@kastoma/domain/core';
import type { Order, OrderItem, OrderTotals } from '@kastoma/domain/ordering';

export type OrderPaymentView = {
  readonly id: string;
  readonly method: string;
  readonly status: 'pending';
  readonly amount: Money;
  readonly createdAt: Instant;
};

/** An order as it is shown. */
export type OrderView = {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly status: string;
  readonly paymentStatus: string;
  readonly fulfilmentStatus: string;
  readonly currency: Currency;
  readonly items: readonly OrderItem[];
  readonly totals: OrderTotals;
  readonly shippingAddress: Address;
  readonly billingAddress: Address;
  readonly shippingMethod: string;
  readonly paymentMethod: string;
  readonly payments: readonly OrderPaymentView[];
  readonly notes: string;
  readonly placedAt: Instant;
  readonly version: number;
};

/** Derives what is shown from the order and its payments: nothing is captured yet, and nothing shipped. */
export function viewOrder(order: Order, payments: readonly OrderPaymentView[]): OrderView {
  const { id, number, customerId, status, currency, items, totals, notes, placedAt } = order.state;
  const { shippingAddress, billingAddress, shippingMethod, paymentMethod } = order.state;
  return {
    id,
    number,
    customerId,
    status,
    paymentStatus: 'pending',
    fulfilmentStatus: 'unfulfilled',
    currency,
    items,
    totals,
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
