import type { Currency } from '../core/currency.value.ts';
import type { Money } from '../core/money.value.ts';
import { sha256 } from '../core/sha256.ts';
import { toWireForm, type Json } from '../core/wire-form.ts';
import type { ExplanationStep } from './explanation.ts';
import type { PricingInput } from './pricing-input.ts';
import type { PromotionClass } from './promotion-class.ts';
import type { Rejection } from './rejection.ts';
import type { TaxPolicy } from './tax.value.ts';

/** What one promotion takes off one line, or off shipping. */
export type DiscountShare = { readonly promotionId: string; readonly amount: Money };

/** What one tax rule adds to, or finds in, one line or shipping. */
export type TaxShare = { readonly ruleId: string; readonly amount: Money };

/** So many units of a line at these amounts each: at most one minor unit apart from the other runs of the line. */
export type UnitRun = {
  readonly quantity: number;
  /** Of one unit, after discounts; it holds the tax where prices do. */
  readonly total: Money;
  readonly tax: Money;
};

export type QuoteLine = {
  readonly id: string;
  readonly productId: string;
  readonly variantId: string;
  readonly unitPrice: Money;
  readonly quantity: number;
  /** Unit price times quantity. */
  readonly subtotal: Money;
  /** Sum of the discounts. */
  readonly discount: Money;
  /** By promotion id. */
  readonly discounts: readonly DiscountShare[];
  /** Tax that the price held and that an exempt buyer does not pay. */
  readonly taxRelief: Money;
  /** Tax on the line, whether or not it is part of the price. */
  readonly tax: Money;
  /** By id of the rule. */
  readonly taxes: readonly TaxShare[];
  /** Subtotal less discount and tax relief; tax that comes on top is not in it. */
  readonly total: Money;
  /** What is paid back for a unit. */
  readonly units: readonly UnitRun[];
};

export type QuoteShipping = {
  readonly method: string;
  /** What the method costs before promotions: zero where the goods come to enough. */
  readonly rate: Money;
  readonly discount: Money;
  readonly discounts: readonly DiscountShare[];
  readonly taxRelief: Money;
  readonly tax: Money;
  readonly taxes: readonly TaxShare[];
  /** Rate less discount and tax relief. */
  readonly total: Money;
};

export type QuoteTotals = {
  /** Of the goods, before discounts. */
  readonly subtotal: Money;
  /** Of the goods. What promotions take off shipping stands at the shipping. */
  readonly discount: Money;
  /** Of the goods. */
  readonly taxRelief: Money;
  /** After its discounts. */
  readonly shipping: Money;
  /** On goods and shipping, whether or not it is part of the prices. */
  readonly tax: Money;
  /** Line totals, shipping, and the tax that comes on top. */
  readonly total: Money;
};

/** A promotion that took something off. */
export type AppliedPromotion = {
  readonly promotionId: string;
  readonly name: string;
  readonly class: PromotionClass;
  /** The code that presented it; null when it is automatic. */
  readonly couponCode: string | null;
  /** Off the goods. */
  readonly discount: Money;
  readonly shippingDiscount: Money;
};

/** What a quote says. Lines stand in the order of their ids. */
export type QuoteContents = {
  /** What was priced, its arrays in order and its codes folded: pricing it again gives this quote. */
  readonly input: PricingInput;
  readonly currency: Currency;
  /** Whether the tax is part of the prices. */
  readonly prices: TaxPolicy['prices'];
  readonly lines: readonly QuoteLine[];
  readonly shipping: QuoteShipping | null;
  readonly totals: QuoteTotals;
  /** In the order in which they were applied. */
  readonly promotions: readonly AppliedPromotion[];
  /** Every rule and every code that took nothing off, and why: by promotion id, then code. */
  readonly rejected: readonly Rejection[];
  readonly explanation: readonly ExplanationStep[];
};

/** What a cart costs, and why. */
export class Quote implements QuoteContents {
  readonly input: PricingInput;
  readonly currency: Currency;
  readonly prices: TaxPolicy['prices'];
  readonly lines: readonly QuoteLine[];
  readonly shipping: QuoteShipping | null;
  readonly totals: QuoteTotals;
  readonly promotions: readonly AppliedPromotion[];
  readonly rejected: readonly Rejection[];
  readonly explanation: readonly ExplanationStep[];

  private constructor(contents: QuoteContents) {
    this.input = contents.input;
    this.currency = contents.currency;
    this.prices = contents.prices;
    this.lines = contents.lines;
    this.shipping = contents.shipping;
    this.totals = contents.totals;
    this.promotions = contents.promotions;
    this.rejected = contents.rejected;
    this.explanation = contents.explanation;
  }

  /** For `price`, and for reading quotes back. */
  static of(contents: QuoteContents): Quote {
    return new Quote(contents);
  }

  /** Exact amounts are integers in decimal text, rates percentages; `parseQuote` reads it back. */
  toJSON(): Json {
    const { input, currency, prices, lines, shipping, totals, promotions, rejected, explanation } =
      this;
    const contents = { input, currency, prices, lines, shipping, totals, promotions };
    return toWireForm({ ...contents, rejected, explanation });
  }
}

/**
 * The text behind the quote hash: compact JSON of currency, tax mode, lines, shipping and
 * totals, amounts as minor units in decimal, keys left out. Neither the instant
 * nor the explanation is part of it, so the hash changes only when money does.
 */
export function canonicalQuote(quote: QuoteContents): string {
  const { lines, shipping, totals } = quote;
  return JSON.stringify([
    quote.currency,
    quote.prices,
    lines.map((line) => [
      line.id,
      line.variantId,
      line.quantity,
      ...units(line.unitPrice, line.subtotal, line.discount),
      line.discounts.map(({ promotionId, amount }) => [promotionId, ...units(amount)]),
      ...units(line.taxRelief, line.tax),
      line.taxes.map(({ ruleId, amount }) => [ruleId, ...units(amount)]),
      ...units(line.total),
    ]),
    shipping === null
      ? null
      : [
          shipping.method,
          ...units(shipping.rate, shipping.discount),
          shipping.discounts.map(({ promotionId, amount }) => [promotionId, ...units(amount)]),
          ...units(shipping.taxRelief, shipping.tax),
          shipping.taxes.map(({ ruleId, amount }) => [ruleId, ...units(amount)]),
          ...units(shipping.total),
        ],
    units(
      totals.subtotal,
      totals.discount,
      totals.taxRelief,
      totals.shipping,
      totals.tax,
      totals.total,
    ),
  ]);
}

function units(...amounts: readonly Money[]): string[] {
  return amounts.map(({ minorUnits }) => minorUnits.toString());
}

/** SHA-256 of the canonical text, lower-case hexadecimal. */
export function quoteHash(quote: QuoteContents): string {
  return sha256(canonicalQuote(quote));
}
