import { expect } from 'vitest';

import type { OrderId, PaymentId, UserId, VariantId } from '@kastoma/domain/core';

import type { OrderView } from '../ordering/order-view.ts';
import { anAddress } from './builders/address.builder.ts';
import { asCustomer, SHOP } from './contexts.ts';
import type { OrderingUseCases } from './ordering-use-cases.ts';
import type { PaymentUseCases } from './payment-use-cases.ts';
import type { ShopPorts } from './shop-ports.ts';
import { givenCart, givenCustomer, givenVariant } from './stocked-shop.ts';

export type PaidOrder = {
  readonly orderId: OrderId;
  readonly customerId: UserId;
  readonly paymentId: PaymentId;
  /** In the order in which they were bought. */
  readonly itemIds: readonly string[];
  readonly variantIds: readonly VariantId[];
  readonly order: OrderView;
};

type Wishes = {
  /** Units of each item. */
  readonly quantities?: readonly number[];
  readonly isCaptured?: boolean;
  readonly isShipped?: boolean;
};

/** An order that was placed, promised by the test provider, and captured and shipped as one wishes. */
export async function givenPaidOrder(
  shop: ShopPorts,
  {
    ordering,
    payments,
  }: { readonly ordering: OrderingUseCases; readonly payments: PaymentUseCases },
  { quantities = [2], isCaptured = true, isShipped = false }: Wishes = {},
): Promise<PaidOrder> {
  const customerId = await givenCustomer(shop);
  const wanted = [];
  for (const quantity of quantities)
    wanted.push({ ...(await givenVariant(shop, quantity)), quantity });
  await givenCart(shop, customerId, wanted);
  const placed = await ordering.placeOrder.execute(
    {
      customerId,
      shippingAddress: anAddress(),
      email: null,
      billingAddress: null,
      shippingMethod: null,
      couponCodes: null,
      paymentMethod: 'test',
      quoteHash: null,
      notes: '',
    },
    asCustomer(customerId),
  );
  const order = placed._unsafeUnwrap();
  const orderId = order.id as OrderId;
  const paymentId = (order.payments[0]?.id ?? '') as PaymentId;
  if (isCaptured) {
    const captured = payments.capturePayment.execute({ orderId, paymentId, amount: null }, SHOP);
    expect((await captured).isOk()).toBe(true);
  }
  if (isShipped) await ship(orderId, ordering);
  return {
    orderId,
    customerId,
    paymentId,
    itemIds: order.items.map(({ id }) => id),
    variantIds: order.items.map(({ variantId }) => variantId),
    order,
  };
}

async function ship(orderId: OrderId, { changeOrderStatus }: OrderingUseCases): Promise<void> {
  for (const status of ['confirmed', 'processing', 'shipped'] as const) {
    const moved = changeOrderStatus.execute({ orderId, status, expectedVersion: null }, SHOP);
    expect((await moved).isOk()).toBe(true);
  }
}
