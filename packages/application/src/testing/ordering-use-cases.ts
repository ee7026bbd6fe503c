import type { ProductId, Quantity, UserId, VariantId } from '@kastoma/domain/core';

import { ProviderPayments } from '../ordering/acl/provider-payments.ts';
import { AddToCart } from '../ordering/add-to-cart.use-case.ts';
import { ApplyCoupon } from '../ordering/apply-coupon.use-case.ts';
import { ChangeCartItem } from '../ordering/change-cart-item.use-case.ts';
import { ChooseAddress } from '../ordering/choose-address.use-case.ts';
import { ChooseShipping } from '../ordering/choose-shipping.use-case.ts';
import { ClearCart } from '../ordering/clear-cart.use-case.ts';
import { PayOrder } from '../ordering/pay-order.use-case.ts';
import { PlaceOrder } from '../ordering/place-order.use-case.ts';
import { RemoveCoupon } from '../ordering/remove-coupon.use-case.ts';
import { ValidateCoupon } from '../ordering/validate-coupon.query.ts';
import { ViewCart } from '../ordering/view-cart.query.ts';
import { asCustomer } from './contexts.ts';
import { paymentUseCases, type PaymentUseCases } from './payment-use-cases.ts';
import { ChangedOffers, withChangedOffers, type OfferChange } from './ports/changed-offers.ts';
import { withChangedPricing, type PricingChange } from './ports/changed-pricing.ts';
import type { ShopPorts } from './shop-ports.ts';

export type OrderingUseCases = ReturnType<typeof orderingUseCases>;

/** Cart and order on a shop's ports; after a change the merchant offers, or prices, something else. */
export function orderingUseCases(
  shop: ShopPorts,
  {
    pricing: changePricing = (pricing) => pricing,
    change = (offer) => [offer],
    carryOut = paymentUseCases(shop).carryOut,
  }: {
    readonly pricing?: PricingChange;
    readonly change?: OfferChange;
    readonly carryOut?: PaymentUseCases['carryOut'];
  } = {},
) {
  const { carts, customers, settings, ids, clock } = shop;
  const offers = new ChangedOffers(shop.offers, change);
  const pricing = changePricing(shop.cartPricing);
  const viewing = { carts, customers, offers, pricing, settings, ids, clock };
  const editing = {
    unitOfWork: withChangedPricing(withChangedOffers(shop.ordering, change), changePricing),
    settings,
    ids,
    clock,
  };
  const execution = new ProviderPayments(carryOut);
  return {
    viewCart: new ViewCart(viewing),
    validateCoupon: new ValidateCoupon({ ...viewing, unitOfWork: editing.unitOfWork }),
    addToCart: new AddToCart(editing),
    applyCoupon: new ApplyCoupon(editing),
    removeCoupon: new RemoveCoupon(editing),
    changeCartItem: new ChangeCartItem(editing),
    chooseAddress: new ChooseAddress(editing),
    chooseShipping: new ChooseShipping(editing),
    clearCart: new ClearCart(editing),
    placeOrder: new PlaceOrder({ ...editing, execution, orderQueries: shop.orderQueries }),
    payOrder: new PayOrder({ ...editing, execution }),
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
    presentCode: (couponCode: string) =>
      useCases.applyCoupon.execute({ customerId, couponCode }, context),
  };
}
