import {
  Money,
  type Instant,
  type OrderId,
  type OrderItemId,
  type Quantity,
} from '@kastoma/domain/core';
import { Order, type Cart, type OrderItem, type OrderNumber } from '@kastoma/domain/ordering';

import { anAddress } from './address.builder.ts';
import { BUILT_AT, builderIds, nextNumber } from './builder-ids.ts';
import { dollars, USD } from './money.builder.ts';

type Wishes = {
  readonly id?: OrderId;
  readonly number?: OrderNumber;
  readonly at?: Instant;
  readonly notes?: string;
  readonly email?: string;
};

/** An order of what is in the cart, each unit at 10.00 and shipping at 5.99; it was not stored yet. */
export function anOrderOf(cart: Cart, wishes: Wishes = {}): Order {
  const { customerId, id: cartId, currency } = cart.state;
  const items = cart.state.items.map(({ productId, variantId, quantity }): OrderItem => {
    const unitPrice = dollars('10.00');
    const subtotal = unitPrice.times(quantity as Quantity)._unsafeUnwrap();
    return {
      id: builderIds.next<OrderItemId>(),
      productId,
      variantId,
      sku: 'SKU-10',
      name: 'Something for ten',
      unitPrice,
      quantity,
      subtotal,
      discount: Money.zero(USD),
      tax: Money.zero(USD),
      total: subtotal,
    };
  });
  const subtotal = items.reduce(
    (sum, item) => sum.plus(item.total)._unsafeUnwrap(),
    Money.zero(USD),
  );
  const shipping = dollars('5.99');
  return Order.place({
    id: wishes.id ?? builderIds.next<OrderId>(),
    number: wishes.number ?? (`KAS-2026-9${nextNumber()}` as OrderNumber),
    customerId,
    cartId,
    currency,
    items,
    totals: {
      subtotal,
      discount: Money.zero(USD),
      shipping,
      tax: Money.zero(USD),
      total: subtotal.plus(shipping)._unsafeUnwrap(),
    },
    quoteHash: 'a quote',
    email: wishes.email ?? null,
    shippingAddress: anAddress(),
    billingAddress: anAddress({ name: 'Ada’s company', line2: 'Floor 3' }),
    shippingMethod: 'standard',
    paymentMethod: 'manual',
    notes: wishes.notes ?? '',
    at: wishes.at ?? (BUILT_AT as Instant),
  })._unsafeUnwrap();
}
