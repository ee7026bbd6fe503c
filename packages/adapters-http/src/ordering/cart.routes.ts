import type {
  AddToCart,
  ApplyCoupon,
  CartView,
  ChangeCartItem,
  ChooseAddress,
  ChooseShipping,
  ClearCart,
  RemoveCoupon,
  ValidateCoupon,
  ViewCart,
} from '@kastoma/application/ordering';

import { endpoint, type Endpoint } from '../core/endpoint.ts';
import { presentCart, presentQuote } from './cart.presenter.ts';
import {
  addItemBody,
  cartAnswer,
  changeItemBody,
  chooseAddressBody,
  chooseShippingBody,
  couponParams,
  couponValidationAnswer,
  itemParams,
  presentCouponBody,
  quoteAnswer,
} from './cart.schemas.ts';
import { appliedInWords, presentValidation } from './coupon.presenter.ts';

export type CartUseCases = {
  readonly viewCart: ViewCart;
  readonly addToCart: AddToCart;
  readonly changeCartItem: ChangeCartItem;
  readonly chooseAddress: ChooseAddress;
  readonly chooseShipping: ChooseShipping;
  readonly clearCart: ClearCart;
  readonly applyCoupon: ApplyCoupon;
  readonly removeCoupon: RemoveCoupon;
  readonly validateCoupon: ValidateCoupon;
};

/** What all routes that show the cart have in common. */
const showsCart = {
  tag: 'Cart',
  permission: 'cart.own',
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
      handle: ({ userId }) => useCases.viewCart.execute(userId),
    }),
    endpoint({
      ...showsCart,
      method: 'get',
      path: '/cart/quote',
      summary: 'See how the price comes about, step by step',
      message: 'Your quote',
      answer: quoteAnswer,
      present: presentQuote,
      handle: ({ userId }) => useCases.viewCart.execute(userId),
    }),
    endpoint({
      ...showsCart,
      method: 'post',
      path: '/cart/add_item',
      summary: 'Put units of a variant into the cart',
      body: addItemBody,
      idempotencyKey: 'accepted',
      message: 'Put into your cart',
      handle: ({ body, userId, context }) =>
        useCases.addToCart.execute({ customerId: userId, ...body }, context),
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
      handle: ({ params, body, userId, expectedVersion, context }) =>
        useCases.changeCartItem.execute(
          { customerId: userId, itemId: params.id, quantity: body.quantity, expectedVersion },
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
      handle: ({ params, userId, expectedVersion, context }) =>
        useCases.changeCartItem.execute(
          { customerId: userId, itemId: params.id, quantity: null, expectedVersion },
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
      handle: ({ userId, expectedVersion, context }) =>
        useCases.clearCart.execute({ customerId: userId, expectedVersion }, context),
    }),
    endpoint({
      ...showsCart,
      method: 'put',
      path: '/cart/shipping',
      summary: 'Choose how it is shipped',
      body: chooseShippingBody,
      ifMatch: 'accepted',
      message: 'Shipping chosen',
      handle: ({ body, userId, expectedVersion, context }) =>
        useCases.chooseShipping.execute(
          { customerId: userId, method: body.method, expectedVersion },
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
      handle: ({ body, userId, expectedVersion, context }) =>
        useCases.chooseAddress.execute(
          { customerId: userId, address: body, expectedVersion },
          context,
        ),
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
      handle: ({ body, userId, context }) =>
        useCases.applyCoupon.execute({ customerId: userId, couponCode: body.code }, context),
    }),
    endpoint({
      ...showsCart,
      method: 'delete',
      path: '/cart/coupons/{code}',
      summary: 'Take a code back',
      params: couponParams,
      ifMatch: 'accepted',
      message: 'Code taken back',
      handle: ({ params, userId, expectedVersion, context }) =>
        useCases.removeCoupon.execute(
          { customerId: userId, couponCode: params.code, expectedVersion },
          context,
        ),
    }),
    endpoint({
      method: 'post',
      path: '/coupons/validate',
      tag: 'Cart',
      summary: "Ask what a code would do for one's cart; nothing changes",
      permission: 'cart.own',
      body: presentCouponBody,
      idempotencyKey: 'accepted',
      status: 200,
      message: 'Code looked up',
      answer: couponValidationAnswer,
      present: presentValidation,
      handle: ({ body, userId, context }) =>
        useCases.validateCoupon.execute(userId, body.code, context),
    }),
  ];
}
