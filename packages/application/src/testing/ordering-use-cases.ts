import type { ProductId, Quantity, UserId, VariantId } from '@kastoma/domain/core';

import { AddToCart } from '../ordering/add-to-cart.use-case.ts';
import type { CartPricing } from '../ordering/cart-pricing.port.ts';
import { ChangeCartItem } from '../ordering/change-cart-item.use-case.ts';
import { ChooseShipping } from '../ordering/choose-shipping.use-case.ts';
import { ClearCart } from '../ordering/clear-cart.use-case.ts';
import type { OrderingUnitOfWork } from '../ordering/ordering.unit-of-work.ts';
import { PlaceOrder } from '../ordering/place-order.use-case.ts';
import { ViewCart } from '../ordering/view-cart.query.ts';
import { asCustomer } from './contexts.ts';
import { ChangedOffers, withChangedOffers, type OfferChange } from './ports/changed-offers.ts';
import { standardPricing } from './ports/standard-pricing.ts';
import type { ShopPorts } from './shop-ports.ts';

export type OrderingUseCases = ReturnType<typeof orderingUseCases>;

/** Cart and order on a shop's ports; after a change the merchant offers something else. */
export function orderingUseCases(
  shop: ShopPorts,
  {
    pricing = standardPricing(),
    change = (offer) => [offer],
  }: { readonly pricing?: CartPricing; readonly change?: OfferChange } = {},
) {
  const { carts, settings, ids, clock } = shop;
  const unitOfWork: OrderingUnitOfWork = withChangedOffers(shop.ordering, change);
  const offers = new ChangedOffers(shop.offers, change);
  const dependencies = { unitOfWork, pricing, settings, ids, clock };
  return {
    viewCart: new ViewCart({ carts, offers, pricing, settings, ids, clock }),
    addToCart: new AddToCart(dependencies),
    changeCartItem: new ChangeCartItem(dependencies),
    chooseShipping: new ChooseShipping(dependencies),
    clearCart: new ClearCart(dependencies),
    placeOrder: new PlaceOrder(dependencies),
  };
}

/** One customer's clicks. */
export function clicksOf(customerId: UserId, useCases: OrderingUseCases) {
  const context = asCustomer(customerId);
  const units = (quantity: number) => quantity as Quantity;
  return {
    addVariant: (variantId: VariantId, quantity = 1) =>
      useCases.addToCart.execute(
        { customerId, choice: { kind: 'variant', variantId }, quantity: units(quantity) },
        context,
      ),
    addProduct: (productId: ProductId, quantity = 1) =>
      useCases.addToCart.execute(
        { customerId, choice: { kind: 'product', productId }, quantity: units(quantity) },
        context,
      ),
  };
}
