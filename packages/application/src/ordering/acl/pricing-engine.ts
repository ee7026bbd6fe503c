import { err, type Result } from 'neverthrow';

import type { Currency, Instant } from '@kastoma/domain/core';
import type { UnknownShippingMethod } from '@kastoma/domain/ordering';
import {
  price,
  quoteHash,
  type ExplanationStep,
  type Quote,
  type ShippingRate,
} from '@kastoma/domain/pricing';

import type {
  CartNotPriceable,
  CartPricing,
  LineToPrice,
  PricedCart,
  PricingStep,
} from '../cart-pricing.port.ts';

/** The pricing engine as ordering uses it. */
export class PricingEngine implements CartPricing {
  readonly shippingMethods: readonly string[];
  readonly #ratesOf: (currency: Currency) => readonly ShippingRate[];

  constructor(currency: Currency, ratesOf: (currency: Currency) => readonly ShippingRate[]) {
    this.#ratesOf = ratesOf;
    this.shippingMethods = ratesOf(currency).map((rate) => rate.method);
  }

  price(request: {
    currency: Currency;
    at: Instant;
    lines: readonly LineToPrice[];
    shippingMethod: string;
  }): Result<PricedCart, CartNotPriceable | UnknownShippingMethod> {
    const { shippingMethod: method, ...input } = request;
    const shipping = this.#ratesOf(request.currency).find((rate) => rate.method === method);
    if (shipping === undefined) {
      return err({
        code: 'ordering.unknown_shipping_method',
        method,
        methods: this.shippingMethods,
      });
    }
    return price({ ...input, shipping })
      .map(toPricedCart)
      .mapErr((error) => ({ code: 'ordering.cart_not_priceable' as const, reason: error.code }));
  }
}

function toPricedCart(quote: Quote): PricedCart {
  return {
    lines: quote.lines.map(({ id, subtotal, discount, tax, total }) => ({
      id,
      subtotal,
      discount,
      tax,
      total,
    })),
    totals: quote.totals,
    quoteHash: quoteHash(quote),
    explanation: quote.explanation.map(inWords),
  };
}

function inWords(explained: ExplanationStep): PricingStep {
  const { step, rule, amount } = explained;
  return { step, rule, text: wordsOf(explained), amount };
}

function wordsOf(explained: ExplanationStep): string {
  switch (explained.rule) {
    case 'unit_price_times_quantity':
      return `${explained.quantity} at ${explained.unitPrice.toDecimal()} each`;
    case 'flat_rate':
      return `Shipping by ${explained.method} at its flat rate`;
    case 'free_from':
      return `Shipping by ${explained.method} is free from ${explained.freeFrom?.toDecimal() ?? ''}; the goods come to ${explained.goods.toDecimal()}`;
    case 'goods_plus_shipping':
      return `Goods ${explained.goods.toDecimal()} plus shipping ${explained.shipping.toDecimal()}`;
  }
}
