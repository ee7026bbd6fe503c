import type { Result } from 'neverthrow';

import { defect, type Currency, type Instant } from '@kastoma/domain/core';
import {
  price,
  quoteHash,
  type ExplanationStep,
  type PricingError,
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
  }): Result<PricedCart, CartNotPriceable> {
    const { shippingMethod: method, ...input } = request;
    const shipping =
      this.#ratesOf(request.currency).find((rate) => rate.method === method) ??
      defect(`There is no rate for shipping by ${method}.`);
    return price({ ...input, shipping })
      .map(toPricedCart)
      .mapErr(toNotPriceable);
  }
}

/** A customer can put too much into a cart; of all else that is wrong with a price the shop is the cause. */
function toNotPriceable({ code: reason }: PricingError): CartNotPriceable {
  return reason === 'pricing.amount_out_of_bounds'
    ? { code: 'ordering.cart_not_priceable', reason }
    : defect(`A cart came to the pricing with ${reason}.`);
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
      return `Shipping by ${explained.method} is free from ${explained.freeFrom?.toDecimal() ?? defect('It is free from no amount.')}; the goods come to ${explained.goods.toDecimal()}`;
    case 'goods_plus_shipping':
      return `Goods ${explained.goods.toDecimal()} plus shipping ${explained.shipping.toDecimal()}`;
  }
}
