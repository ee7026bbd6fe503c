import type {
  AddToCart,
  CartView,
  ChangeCartItem,
  ChooseShipping,
  ClearCart,
  ViewCart,
} from '@kastoma/application/ordering';

import { endpoint, type Endpoint } from '../core/endpoint.ts';
import { presentCart, presentQuote } from './cart.presenter.ts';
import {
  addItemBody,
  cartAnswer,
  changeItemBody,
  chooseShippingBody,
  itemParams,
  quoteAnswer,
} from './cart.schemas.ts';

export type CartUseCases = {
  readonly viewCart: ViewCart;
  readonly addToCart: AddToCart;
  readonly changeCartItem: ChangeCartItem;
  readonly chooseShipping: ChooseShipping;
  readonly clearCart: ClearCart;
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
  ];
}
