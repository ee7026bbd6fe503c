import type { Currency } from '../core/currency.value.ts';
import type { VariantId } from '../core/ids.value.ts';
import type { Money } from '../core/money.value.ts';
import { sha256 } from '../core/sha256.ts';

export type QuoteLine = {
  readonly id: string;
  readonly variantId: VariantId;
  readonly unitPrice: Money;
  readonly quantity: number;
  /** Unit price times quantity. */
  readonly subtotal: Money;
  readonly discount: Money;
  /** Tax on the line, whether or not it is part of the price. */
  readonly tax: Money;
  /** Subtotal less discount. */
  readonly total: Money;
};

export type QuoteShipping = {
  readonly method: string;
  readonly rate: Money;
  readonly discount: Money;
  readonly tax: Money;
  readonly total: Money;
};

export type QuoteTotals = {
  readonly subtotal: Money;
  readonly discount: Money;
  readonly shipping: Money;
  readonly tax: Money;
  readonly total: Money;
};

/** One step of the calculation: the rule, what it looked at, and what came out. */
export type ExplanationStep =
  | {
      readonly step: 'lines';
      readonly rule: 'unit_price_times_quantity';
      readonly lineId: string;
      readonly unitPrice: Money;
      readonly quantity: number;
      readonly amount: Money;
    }
  | {
      readonly step: 'shipping';
      readonly rule: 'flat_rate' | 'free_from';
      readonly method: string;
      readonly rate: Money;
      readonly freeFrom: Money | null;
      /** What was compared with the threshold: the goods after all discounts. */
      readonly goods: Money;
      readonly amount: Money;
    }
  | {
      readonly step: 'totals';
      readonly rule: 'goods_plus_shipping';
      readonly goods: Money;
      readonly shipping: Money;
      readonly amount: Money;
    };

/** What a cart costs, and why. Lines stand in the order of their ids. */
export type Quote = {
  readonly currency: Currency;
  readonly lines: readonly QuoteLine[];
  readonly shipping: QuoteShipping | null;
  readonly totals: QuoteTotals;
  readonly explanation: readonly ExplanationStep[];
};

/**
 * The text behind the quote hash: compact JSON of currency, lines, shipping and
 * totals, amounts as minor units in decimal, keys left out. Neither the instant
 * nor the explanation is part of it, so the hash changes only when money does.
 */
export function canonicalQuote(quote: Quote): string {
  const units = (...amounts: readonly Money[]) =>
    amounts.map((amount) => amount.minorUnits.toString());
  return JSON.stringify([
    quote.currency,
    quote.lines.map((line) => [
      line.id,
      line.variantId,
      line.quantity,
      ...units(line.unitPrice, line.subtotal, line.discount, line.tax, line.total),
    ]),
    quote.shipping === null
      ? null
      : [
          quote.shipping.method,
          ...units(
            quote.shipping.rate,
            quote.shipping.discount,
            quote.shipping.tax,
            quote.shipping.total,
          ),
        ],
    units(
      quote.totals.subtotal,
      quote.totals.discount,
      quote.totals.shipping,
      quote.totals.tax,
      quote.totals.total,
    ),
  ]);
}

/** SHA-256 of the canonical text, lower-case hexadecimal. */
export function quoteHash(quote: Quote): string {
  return sha256(canonicalQuote(quote));
}
