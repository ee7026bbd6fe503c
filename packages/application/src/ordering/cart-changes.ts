import type { Money } from '@kastoma/domain/core';
import type { Cart, CartItem } from '@kastoma/domain/ordering';

import type { Offer } from './offers.port.ts';

/** What has become of an item since it was put in, as far as the shopper has to know. */
export type CartChange = {
  readonly itemId: string;
  readonly productId: string;
  readonly variantId: string;
} & (
  | { readonly code: 'cart.price_changed'; readonly from: Money; readonly to: Money }
  | { readonly code: 'cart.not_for_sale' }
  | { readonly code: 'cart.less_available'; readonly wanted: number; readonly available: number }
);

/** In the order of the items. */
export function changesOf(
  { state }: Cart,
  offers: ReadonlyMap<string, Offer>,
): readonly CartChange[] {
  return state.items.flatMap((item) => changesOfItem(item, offers.get(item.variantId)));
}

function changesOfItem(item: CartItem, offer: Offer | undefined): readonly CartChange[] {
  const { id: itemId, productId, variantId, quantity: wanted, priceSeen: from } = item;
  const named = { itemId, productId, variantId };
  if (offer?.published !== true) return [{ ...named, code: 'cart.not_for_sale' }];
  const { unitPrice: to, availableUnits: available } = offer;
  const isDearerOrCheaper = from !== null && from.minorUnits !== to.minorUnits;
  return [
    ...(isDearerOrCheaper ? [{ ...named, code: 'cart.price_changed' as const, from, to }] : []),
    ...(available < wanted
      ? [{ ...named, code: 'cart.less_available' as const, wanted, available }]
      : []),
  ];
}
