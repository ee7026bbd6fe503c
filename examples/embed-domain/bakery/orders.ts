import type { Product } from '@kastoma/domain/catalog';
import type { Address, FulfilmentId, Instant, OrderItemId } from '@kastoma/domain/core';
import type { User } from '@kastoma/domain/identity';
import { Order, orderNumberOf } from '@kastoma/domain/ordering';
import { quoteHash, type Quote } from '@kastoma/domain/pricing';

import { newId } from './ids.ts';
import { must } from './must.ts';
import { onlyVariantOf, type Basket } from './till.ts';

/** The customer saw the quote and said yes: from here on nothing changes its amounts. */
export function placeOrder(
  customer: User,
  basket: Basket,
  quote: Quote,
  address: Address,
  at: Instant,
): Order {
  const { currency, prices, lines, shipping, promotions, totals } = quote;
  if (shipping === null) throw new Error('We deliver everything.');
  const goods = new Map<string, Product>(
    [...basket.keys()].map((product) => [onlyVariantOf(product).sku, product]),
  );
  return must(
    Order.place({
      id: newId(),
      number: orderNumberOf(1n, at),
      customerId: customer.state.id,
      cartId: newId(),
      currency,
      prices,
      items: lines.map(({ id: sku, ...line }) => {
        const product = goods.get(sku);
        if (product === undefined) throw new Error(`${sku} was not in the basket.`);
        const { id: productId, name } = product.state;
        const { id: variantId } = onlyVariantOf(product);
        return { ...line, id: newId<OrderItemId>(), productId, variantId, sku, name };
      }),
      shipping,
      promotions,
      totals,
      quoteHash: quoteHash(quote),
      email: customer.state.email,
      shippingAddress: address,
      billingAddress: address,
      paymentMethod: 'cash',
      notes: 'Ring twice.',
      at,
    }),
  );
}

/** Everything goes out on one bicycle. */
export function ship(order: Order, at: Instant): Order {
  const parcel = { id: newId<FulfilmentId>(), carrier: 'Our own bicycle', trackingNumber: null };
  return must(
    order
      .confirm(at)
      .andThen((confirmed) => confirmed.startProcessing(at))
      .andThen((packed) => packed.shipAll(parcel, at))
      .andThen((shipped) => shipped.deliver(at)),
  );
}

/** A unit that was not good is paid back at what it was sold for. */
export function refundOne(order: Order, sku: string, reason: string, at: Instant): Order {
  const item = order.state.items.find((it) => it.sku === sku);
  if (item === undefined) throw new Error(`Nobody bought ${sku}.`);
  const request = { lines: [{ itemId: item.id, quantity: 1 }] };
  return must(order.refund(request, { id: newId(), reason, at }));
}
