import type { Result } from 'neverthrow';

import type { Currency, Instant, Money, VariantId } from '@kastoma/domain/core';
import type { OrderTotals } from '@kastoma/domain/ordering';

export type LineToPrice = {
  readonly id: string;
  readonly variantId: VariantId;
  readonly unitPrice: Money;
  readonly quantity: number;
};

export type PricedLine = {
  readonly id: string;
  readonly subtotal: Money;
  readonly discount: Money;
  readonly tax: Money;
  readonly total: Money;
};

/** One step of the calculation, in words and amounts. */
export type PricingStep = {
  readonly step: string;
  readonly rule: string;
  readonly text: string;
  readonly amount: Money;
};

export type PricedCart = {
  readonly lines: readonly PricedLine[];
  readonly totals: OrderTotals;
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
  /** `shippingMethod` is one of them. */
  price(request: {
    readonly currency: Currency;
    readonly at: Instant;
    readonly lines: readonly LineToPrice[];
    readonly shippingMethod: string;
  }): Result<PricedCart, CartNotPriceable>;
}
