import {
  COUPON_REJECTION_CODES,
  type CartNotPriceable,
  type CouponDoesNotApply,
  type CouponRejected,
  type CouponRejectionCode,
  type OrderNotPayable,
  type PaymentNotNeeded,
  type PaymentUnderWay,
  type TooManyPayments,
  type QuoteChanged,
} from '@kastoma/application/ordering';
import type {
  CartCurrencyFixed,
  CartEmpty,
  CartFull,
  CartItemNotFound,
  CouponNotInCart,
  CustomerNotFound,
  EmailRequired,
  ItemNotForSale,
  LineTooLarge,
  OfferNotFound,
  OrderNotFound,
  OutOfStock,
  PaymentMethodNotOffered,
  ShippingAddressRequired,
  TooManyCoupons,
  TooManyLookups,
  UnknownShippingMethod,
  VariantRequired,
} from '@kastoma/domain/ordering';

import type { ProblemMap } from '../core/problem-map.ts';
import { presentCart } from './cart.presenter.ts';
import { presentRejection } from './coupon.presenter.ts';
import { REFUND_PROBLEMS, type RefundProblem } from './refund.problems.ts';

export type OrderingError =
  | RefundProblem
  | CartCurrencyFixed
  | CartEmpty
  | CartFull
  | CartItemNotFound
  | CartNotPriceable
  | CouponDoesNotApply
  | CouponNotInCart
  | CouponRejected
  | CustomerNotFound
  | EmailRequired
  | ItemNotForSale
  | LineTooLarge
  | OfferNotFound
  | OrderNotFound
  | OrderNotPayable
  | OutOfStock
  | PaymentMethodNotOffered
  | PaymentNotNeeded
  | PaymentUnderWay
  | TooManyPayments
  | QuoteChanged
  | ShippingAddressRequired
  | TooManyCoupons
  | TooManyLookups
  | UnknownShippingMethod
  | VariantRequired;

type RejectionProblems = ProblemMap<CouponRejected>;

/** A code that takes nothing off is told in its own words, whatever the reason. */
const COUPON_PROBLEMS = Object.fromEntries(
  COUPON_REJECTION_CODES.map((code) => [
    code,
    {
      status: 422,
      describe: ({ message }: CouponRejected) => message,
      detail: presentRejection,
      field: 'code',
    },
  ]),
) as { readonly [Code in CouponRejectionCode]: RejectionProblems[Code] };

export const ORDERING_PROBLEMS: ProblemMap<OrderingError> = {
  ...COUPON_PROBLEMS,
  ...REFUND_PROBLEMS,
  'ordering.cart_currency_fixed': {
    status: 409,
    describe: ({ currency }) => `The cart is priced in ${currency}, and nothing is converted.`,
    detail: ({ currency }) => ({ currency }),
    field: 'currency',
  },
  'ordering.cart_empty': { status: 422, describe: () => 'The cart is empty.' },
  'ordering.cart_full': {
    status: 422,
    describe: ({ maximum }) => `A cart holds at most ${maximum} different items.`,
  },
  'ordering.cart_item_not_found': {
    status: 404,
    describe: () => 'There is no such item in the cart.',
  },
  'ordering.cart_not_priceable': {
    status: 422,
    describe: () => 'The cart cannot be priced.',
    detail: ({ reason }) => ({ reason }),
  },
  'ordering.coupon_does_not_apply': {
    status: 409,
    describe: ({ rejections: [first] }) => `${first.message} Take the code out of the cart.`,
    detail: ({ rejections }) => ({
      coupons: rejections.map((rejection) => ({
        reason: rejection.code,
        message: rejection.message,
        ...presentRejection(rejection),
      })),
    }),
  },
  'ordering.coupon_not_in_cart': {
    status: 404,
    describe: () => 'The cart does not hold this code.',
  },
  'ordering.customer_not_found': {
    status: 401,
    describe: () => 'There is no account behind this access token any more. Sign in again.',
    headers: () => ({ 'WWW-Authenticate': 'Bearer error="invalid_token"' }),
  },
  'ordering.email_required': {
    status: 422,
    describe: () => 'Who orders without an account says an e-mail address.',
    field: 'email',
  },
  'ordering.item_not_for_sale': {
    status: 409,
    describe: () => 'An item of the cart is no longer for sale. Take it out of the cart.',
  },
  'ordering.line_too_large': {
    status: 422,
    describe: ({ maximum }) => `At most ${maximum} units of one item fit into a cart.`,
    field: 'quantity',
  },
  'ordering.offer_not_found': { status: 404, describe: () => 'The shop sells no such thing.' },
  'ordering.order_not_found': { status: 404, describe: () => 'There is no such order.' },
  'ordering.order_not_payable': {
    status: 409,
    describe: ({ status }) => `An order that is ${status} is not paid for.`,
    detail: ({ status }) => ({ status }),
  },
  'ordering.out_of_stock': {
    status: 409,
    describe: () => 'There are not enough units left.',
    detail: ({ shortages }) => ({
      shortages: shortages.map(({ variantId, requested, available }) => ({
        variant_id: variantId,
        requested,
        available,
      })),
    }),
  },
  'ordering.payment_method_not_offered': {
    status: 422,
    describe: ({ methods }) => `The shop takes: ${methods.join(', ')}.`,
    detail: ({ methods }) => ({ methods }),
    field: 'payment_method',
  },
  'ordering.payment_not_needed': {
    status: 409,
    describe: () => 'The money for this order is there, or promised.',
  },
  'ordering.payment_under_way': {
    status: 409,
    describe: () => 'A payment for this order is under way. How that ends comes first.',
    detail: ({ paymentId }) => ({ payment_id: paymentId }),
  },
  'ordering.too_many_payments': {
    status: 409,
    describe: ({ limit }) => `This order was tried to be paid for ${limit} times: ask the shop.`,
    detail: ({ limit }) => ({ limit }),
  },
  'ordering.quote_changed': {
    status: 409,
    describe: () => 'The price has changed since you saw it.',
    detail: ({ cart }) => ({ cart: presentCart(cart) }),
    field: 'quote_hash',
  },
  'ordering.shipping_address_required': {
    status: 422,
    describe: () => 'Neither the order nor the cart says where the goods go.',
    field: 'shipping_address',
  },
  'ordering.too_many_coupons': {
    status: 422,
    describe: ({ maximum }) => `A cart holds at most ${maximum} codes.`,
    field: 'code',
  },
  'ordering.too_many_lookups': {
    status: 429,
    describe: () => 'Too many lookups. Try again later.',
    headers: ({ retryAfterSeconds }) => ({ 'Retry-After': String(retryAfterSeconds) }),
  },
  'ordering.unknown_shipping_method': {
    status: 422,
    describe: ({ methods }) => `The shop ships by: ${methods.join(', ')}.`,
    detail: ({ methods }) => ({ methods }),
  },
  'ordering.variant_required': {
    status: 422,
    describe: () => 'The product comes in several variants. Say which one.',
    detail: ({ variantIds }) => ({ variant_ids: variantIds }),
    field: 'variant_id',
  },
};
