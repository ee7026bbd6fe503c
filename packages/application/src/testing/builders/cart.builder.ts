import type {
  CartId,
  CartItemId,
  Instant,
  ProductId,
  Quantity,
  UserId,
  VariantId,
} from '@kastoma/domain/core';
import { Cart } from '@kastoma/domain/ordering';

import { BUILT_AT, builderIds } from './builder-ids.ts';
import { dollars, USD } from './money.builder.ts';

export type Wanted = {
  readonly productId: ProductId;
  readonly variantId: VariantId;
  readonly quantity: number;
};

/** A cart that was not stored yet. */
export function aCart(
  customerId: UserId | null,
  wanted: readonly Wanted[] = [],
  lastVersion = 0,
): Cart {
  const empty = Cart.open({
    id: builderIds.next<CartId>(),
    customerId,
    currency: USD,
    lastVersion,
    at: BUILT_AT as Instant,
  });
  return wanted.reduce((cart, item) => withItem(cart, item), empty);
}

/** The same cart with more in it. */
export function withItem(cart: Cart, { productId, variantId, quantity }: Wanted): Cart {
  const id = builderIds.next<CartItemId>();
  const priceSeen = dollars('10.00');
  const item = { id, productId, variantId, quantity: quantity as Quantity, priceSeen };
  return cart.addItem(item, BUILT_AT as Instant)._unsafeUnwrap();
}
