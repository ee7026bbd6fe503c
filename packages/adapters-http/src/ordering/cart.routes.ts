import type {
  AddToCart,
  ApplyCoupon,
  CartView,
  ChangeCartItem,
  ChooseAddress,
  ChooseShipping,
  ClearCart,
  MergeCarts,
  MergedCarts,
  RemoveCoupon,
  ValidateCoupon,
  ViewCart,
} from '@kastoma/application/ordering';

import { endpoint, type Endpoint } from '../core/endpoint.ts';
import { presentCart, presentMergedCarts, presentQuote } from './cart.presenter.ts';
import {
  addItemBody,
  cartAnswer,
  changeItemBody,
  chooseAddressBody,
  chooseShippingBody,
  couponParams,
  couponValidationAnswer,
  itemParams,
  mergedCartAnswer,
  presentCouponBody,
  quoteAnswer,
} from './cart.schemas.ts';
import { appliedInWords, presentValidation } from './coupon.presenter.ts';
import { revealCartToken, shopperOf } from './guest-answers.ts';

export type CartUseCases = {
  readonly viewCart: ViewCart;
  readonly addToCart: AddToCart;
  readonly changeCartItem: ChangeCartItem;
  readonly chooseAddress: ChooseAddress;
  readonly chooseShipping: ChooseShipping;
  readonly clearCart: ClearCart;
  readonly mergeCarts: MergeCarts;
  readonly applyCoupon: ApplyCoupon;
  readonly removeCoupon: RemoveCoupon;
  readonly validateCoupon: ValidateCoupon;
};

/** What all routes that show the cart have in common. */
const showsCart = {
  tag: 'Cart',
  permission: 'cart.own',
  guestToken: 'cart',
  reveal: revealCartToken,
  status: 200,
  answer: cartAnswer,
  present: presentCart,
  versionOf: (cart: CartView) => cart.version,
} as const;

export function cartRoutes(useCases: CartUseCases): readonly Endpoint[] {
  return [
    endpoint({
      ...showsCart,
      method: 'get',
      path: '/cart',
      summary: "See one's cart at today's prices",
      message: 'Your cart',
      handle: (call) => useCases.viewCart.execute(shopperOf(call)),
    }),
    endpoint({
      ...showsCart,
      method: 'get',
      path: '/cart/quote',
      summary: 'See how the price comes about, step by step',
      message: 'Your quote',
      answer: quoteAnswer,
      present: presentQuote,
      handle: (call) => useCases.viewCart.execute(shopperOf(call)),
    }),
    endpoint({
      ...showsCart,
      method: 'post',
      path: '/cart/add_item',
      summary: 'Put units of a variant into the cart',
      body: addItemBody,
      idempotencyKey: 'accepted',
      message: 'Put into your cart',
      handle: (call) =>
        useCases.addToCart.execute({ ...shopperOf(call), ...call.body }, call.context),
    }),
    endpoint({
      ...showsCart,
      method: 'patch',
      path: '/cart/items/{id}',
      summary: 'Change how many units of an item are wanted',
      params: itemParams,
      body: changeItemBody,
      ifMatch: 'accepted',
      message: 'Cart changed',
      handle: ({ params, body, expectedVersion, context, ...call }) =>
        useCases.changeCartItem.execute(
          { ...shopperOf(call), itemId: params.id, quantity: body.quantity, expectedVersion },
          context,
        ),
    }),
    endpoint({
      ...showsCart,
      method: 'delete',
      path: '/cart/items/{id}',
      summary: 'Take an item out of the cart',
      params: itemParams,
      ifMatch: 'accepted',
      message: 'Taken out of your cart',
      handle: ({ params, expectedVersion, context, ...call }) =>
        useCases.changeCartItem.execute(
          { ...shopperOf(call), itemId: params.id, quantity: null, expectedVersion },
          context,
        ),
    }),
    endpoint({
      ...showsCart,
      method: 'delete',
      path: '/cart',
      summary: 'Empty the cart',
      ifMatch: 'accepted',
      message: 'Your cart is empty',
      handle: ({ expectedVersion, context, ...call }) =>
        useCases.clearCart.execute({ ...shopperOf(call), expectedVersion }, context),
    }),
    endpoint({
      ...showsCart,
      method: 'put',
      path: '/cart/shipping',
      summary: 'Choose how it is shipped',
      body: chooseShippingBody,
      ifMatch: 'accepted',
      message: 'Shipping chosen',
      handle: ({ body, expectedVersion, context, ...call }) =>
        useCases.chooseShipping.execute(
          { ...shopperOf(call), method: body.method, expectedVersion },
          context,
        ),
    }),
    endpoint({
      ...showsCart,
      method: 'put',
      path: '/cart/address',
      summary: 'Say where it is to be shipped; from now on its prices are those of that place',
      body: chooseAddressBody,
      ifMatch: 'accepted',
      message: 'Address chosen',
      handle: ({ body, expectedVersion, context, ...call }) =>
        useCases.chooseAddress.execute(
          { ...shopperOf(call), address: body, expectedVersion },
          context,
        ),
    }),
    endpoint({
      ...showsCart,
      method: 'post',
      path: '/cart/merge',
      summary: "Pour a guest's cart, whose token is sent along, into one's own; once",
      permission: 'cart.merge',
      idempotencyKey: 'accepted',
      message: 'Your cart',
      answer: mergedCartAnswer,
      present: presentMergedCarts,
      versionOf: ({ cart }: MergedCarts) => cart.version,
      handle: ({ userId, shown, context }) =>
        useCases.mergeCarts.execute({ customerId: userId, guestCart: shown.cart }, context),
    }),
    ...couponRoutes(useCases),
  ];
}

function couponRoutes(useCases: CartUseCases): readonly Endpoint[] {
  return [
    endpoint({
      ...showsCart,
      method: 'post',
      path: '/cart/coupons',
      summary:
        'Present a code to the cart; one that takes nothing off is refused, with the reason, and the message names codes that lose by it',
      body: presentCouponBody,
      idempotencyKey: 'accepted',
      message: 'Code applied',
      messageOf: appliedInWords,
      handle: ({ body, context, ...call }) =>
        useCases.applyCoupon.execute({ ...shopperOf(call), couponCode: body.code }, context),
    }),
    endpoint({
      ...showsCart,
      method: 'delete',
      path: '/cart/coupons/{code}',
      summary: 'Take a code back',
      params: couponParams,
      ifMatch: 'accepted',
      message: 'Code taken back',
      handle: ({ params, expectedVersion, context, ...call }) =>
        useCases.removeCoupon.execute(
          { ...shopperOf(call), couponCode: params.code, expectedVersion },
          context,
        ),
    }),
    endpoint({
      method: 'post',
      path: '/coupons/validate',
      tag: 'Cart',
      summary: "Ask what a code would do for one's cart; nothing changes",
      permission: 'cart.own',
      guestToken: 'cart',
      body: presentCouponBody,
      idempotencyKey: 'accepted',
      status: 200,
      message: 'Code looked up',
      answer: couponValidationAnswer,
      present: presentValidation,
      handle: ({ body, context, ...call }) =>
        useCases.validateCoupon.execute(shopperOf(call), body.code, context),
    }),
  ];
}
