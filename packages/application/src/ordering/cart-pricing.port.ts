import type { ResultAsync } from 'neverthrow';

import type {
  Address,
  Currency,
  Instant,
  Money,
  ProductId,
  UserId,
  VariantId,
} from '@kastoma/domain/core';
import type { FrozenPrice, OrderItem, OrderShipping } from '@kastoma/domain/ordering';

import type { CouponRejected } from './coupon-rejection.ts';
import type { PricingFacts } from './offers.port.ts';

export type LineToPrice = PricingFacts & {
  readonly id: string;
  readonly productId: ProductId;
  readonly variantId: VariantId;
  readonly unitPrice: Money;
  readonly quantity: number;
};

export type CartToPrice = {
  /** Null: a guest. */
  readonly customerId: UserId | null;
  /** Of a guest who has said one: by it uses are counted. Null of a customer, whose account counts. */
  readonly guestEmail: string | null;
  readonly currency: Currency;
  readonly at: Instant;
  readonly lines: readonly LineToPrice[];
  /** In the form in which codes are compared. */
  readonly couponCodes: readonly string[];
  /** One of the shop's. */
  readonly shippingMethod: string;
  readonly destination: Pick<Address, 'country' | 'region'>;
};

export type PricedLine = Omit<
  OrderItem,
  'id' | 'productId' | 'variantId' | 'sku' | 'name' | 'unitPrice' | 'quantity'
> & { readonly id: string };

/** A code of the cart: what it took off, or why it took off nothing. */
export type PresentedCoupon = {
  readonly code: string;
  /** What it presents; null where nothing is known of the code, or nothing is to be known of what it presents. */
  readonly promotion: { readonly id: string; readonly name: string } | null;
  /** Off goods and shipping together. */
  readonly discount: Money;
  /** Null when it took something off. */
  readonly rejection: CouponRejected | null;
};

/** A use that the order of this cart takes. */
export type CountedUse = {
  readonly promotionId: string;
  /** Of the code that presented it; null when it is automatic. */
  readonly couponId: string | null;
  readonly discount: Money;
};

/** A promotion that took nothing off, and why. */
export type RejectedPromotion = {
  readonly code: string;
  /** Null where nothing is known of a code, or nothing is to be known of what it presents. */
  readonly promotionId: string | null;
  /** The code that presented it; null when it is automatic. */
  readonly couponCode: string | null;
  readonly message: string;
};

/** One step of the calculation, in words and amounts. */
export type PricingStep = {
  readonly step: string;
  readonly rule: string;
  readonly text: string;
  /** Before rounding, in the currency's unit: decimal text, or a fraction where that would never end (`10/3`). */
  readonly exact: string;
  readonly amount: Money;
  /** Of the lines that have a part in it. */
  readonly shares: readonly { readonly lineId: string; readonly amount: Money }[];
  readonly promotionId: string | null;
  readonly couponCode: string | null;
};

export type PricedCart = Omit<FrozenPrice, 'items' | 'shipping'> & {
  readonly lines: readonly PricedLine[];
  /** Null when there is nothing to ship. */
  readonly shipping: OrderShipping | null;
  /** One for each promotion that took something off. */
  readonly uses: readonly CountedUse[];
  /** In the order in which the codes were presented. */
  readonly coupons: readonly PresentedCoupon[];
  readonly rejected: readonly RejectedPromotion[];
  readonly quoteHash: string;
  readonly explanation: readonly PricingStep[];
};

/** The amounts leave the range of money: the cart is too dear to be true. */
export type CartNotPriceable = {
  readonly code: 'ordering.cart_not_priceable';
  readonly reason: string;
};

/** Anything else that keeps a price from coming about is a defect, and thrown. */
export interface CartPricing {
  /** Ways of shipping by name, the shop's default first. */
  readonly shippingMethods: readonly string[];
  /** With the promotions that are in force, and the uses that they have left. */
  price(cart: CartToPrice): ResultAsync<PricedCart, CartNotPriceable>;
}
