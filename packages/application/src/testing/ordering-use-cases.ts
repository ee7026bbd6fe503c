import type { ProductId, Quantity, UserId, VariantId } from '@kastoma/domain/core';

import { ProviderPayments } from '../ordering/acl/provider-payments.ts';
import { AddToCart } from '../ordering/add-to-cart.use-case.ts';
import { ApplyCoupon } from '../ordering/apply-coupon.use-case.ts';
import { CancelOrder } from '../ordering/cancel-order.use-case.ts';
import { CancelReturn } from '../ordering/cancel-return.use-case.ts';
import { ChangeCartItem } from '../ordering/change-cart-item.use-case.ts';
import { ChangeOrderStatus } from '../ordering/change-order-status.use-case.ts';
import { ChooseAddress } from '../ordering/choose-address.use-case.ts';
import { ChooseShipping } from '../ordering/choose-shipping.use-case.ts';
import { ClearCart } from '../ordering/clear-cart.use-case.ts';
import { ExchangeReturn } from '../ordering/exchange-return.use-case.ts';
import { ExpireOrders } from '../ordering/expire-orders.use-case.ts';
import { FulfilOrder } from '../ordering/fulfil-order.use-case.ts';
import { LookUpOrder } from '../ordering/look-up-order.use-case.ts';
import { MergeCarts } from '../ordering/merge-carts.use-case.ts';
import { PayOrder } from '../ordering/pay-order.use-case.ts';
import { PlaceOrder } from '../ordering/place-order.use-case.ts';
import { ReceiveReturn } from '../ordering/receive-return.use-case.ts';
import { RefundOrder } from '../ordering/refund-order.use-case.ts';
import { RemoveCoupon } from '../ordering/remove-coupon.use-case.ts';
import { RequestReturn } from '../ordering/request-return.use-case.ts';
import { ValidateCoupon } from '../ordering/validate-coupon.query.ts';
import { ViewCart } from '../ordering/view-cart.query.ts';
import { WriteOrderNote } from '../ordering/write-order-note.use-case.ts';
import { asCustomer } from './contexts.ts';
import { paymentUseCases, type PaymentUseCases } from './payment-use-cases.ts';
import { ChangedOffers, withChangedOffers, type OfferChange } from './ports/changed-offers.ts';
import { withChangedPricing, type PricingChange } from './ports/changed-pricing.ts';
import { FakeRateLimiter } from './ports/fake-rate-limiter.ts';
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
  const { carts, settings, ids, clock } = shop;
  const offers = new ChangedOffers(shop.offers, change);
  const pricing = changePricing(shop.cartPricing);
  const viewing = { carts, offers, pricing, settings, ids, clock };
  const editing = {
    unitOfWork: withChangedPricing(withChangedOffers(shop.ordering, change), changePricing),
    settings,
    ids,
    clock,
  };
  const execution = new ProviderPayments(carryOut);
  const payingOut = { execution, refundQueries: shop.refundQueries };
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
    mergeCarts: new MergeCarts(editing),
    placeOrder: new PlaceOrder({ ...editing, execution, orderQueries: shop.orderQueries }),
    lookUpOrder: new LookUpOrder({ ...editing, rateLimiter: new FakeRateLimiter() }),
    payOrder: new PayOrder({ ...editing, execution }),
    refundOrder: new RefundOrder({ ...editing, ...payingOut }),
    requestReturn: new RequestReturn(editing),
    exchangeReturn: new ExchangeReturn({
      ...editing,
      execution,
      orderQueries: shop.orderQueries,
    }),
    cancelReturn: new CancelReturn(editing),
    receiveReturn: new ReceiveReturn({
      ...editing,
      ...payingOut,
      returnQueries: shop.returnQueries,
    }),
    cancelOrder: new CancelOrder(editing),
    changeOrderStatus: new ChangeOrderStatus(editing),
    fulfilOrder: new FulfilOrder(editing),
    writeOrderNote: new WriteOrderNote(editing),
    expireOrders: new ExpireOrders({
      ...editing,
      overdueOrders: shop.overdueOrders,
      paymentDeadline: { milliseconds: 3_600_000 },
    }),
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
