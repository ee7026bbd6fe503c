import type { Currency } from '../core/currency.value.ts';
import type { VariantId } from '../core/ids.value.ts';
import type { FieldPath } from '../core/text.value.ts';

/** Signed in, but nobody that this shop knows: the account is gone. */
export type CustomerNotFound = { readonly code: 'ordering.customer_not_found' };
export type CartItemNotFound = { readonly code: 'ordering.cart_item_not_found' };
export type CartEmpty = { readonly code: 'ordering.cart_empty' };
export type CartFull = { readonly code: 'ordering.cart_full'; readonly maximum: number };
/** A cart's currency was fixed when it was opened. */
export type CartCurrencyFixed = {
  readonly code: 'ordering.cart_currency_fixed';
  readonly currency: Currency;
};
/** A guest is known by the e-mail address alone. */
export type EmailRequired = { readonly code: 'ordering.email_required' };
/** For one order, one address or from one network. */
export type TooManyLookups = {
  readonly code: 'ordering.too_many_lookups';
  readonly retryAfterSeconds: number;
};
export type CouponNotInCart = { readonly code: 'ordering.coupon_not_in_cart' };
export type TooManyCoupons = {
  readonly code: 'ordering.too_many_coupons';
  readonly maximum: number;
};
export type LineTooLarge = { readonly code: 'ordering.line_too_large'; readonly maximum: number };
export type OrderNotFound = { readonly code: 'ordering.order_not_found' };
/** Nothing that the shop sells: unknown, unpublished, or without a price in the cart's currency. */
export type OfferNotFound = { readonly code: 'ordering.offer_not_found'; readonly path: FieldPath };
/** It was for sale when it was put in, and is no longer. */
export type ItemNotForSale = {
  readonly code: 'ordering.item_not_for_sale';
  readonly path: FieldPath;
};
/** The product comes in several variants: say which. */
export type VariantRequired = {
  readonly code: 'ordering.variant_required';
  readonly variantIds: readonly VariantId[];
};
export type UnknownShippingMethod = {
  readonly code: 'ordering.unknown_shipping_method';
  readonly path: FieldPath;
  readonly method: string;
  readonly methods: readonly string[];
};
/** Neither the order nor its cart says where the goods go. */
export type ShippingAddressRequired = { readonly code: 'ordering.shipping_address_required' };
export type PaymentMethodNotOffered = {
  readonly code: 'ordering.payment_method_not_offered';
  readonly method: string;
  readonly methods: readonly string[];
};
/** Somebody else took the last units. */
export type OutOfStock = {
  readonly code: 'ordering.out_of_stock';
  readonly shortages: readonly {
    readonly variantId: VariantId;
    readonly requested: number;
    readonly available: number;
  }[];
};
