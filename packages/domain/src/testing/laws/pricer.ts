import type { Result } from 'neverthrow';

import type { Weight } from '../../core/allocation.ts';
import type { PricingInput } from '../../pricing/pricing-input.ts';
import type { Quote, QuoteLine, QuoteShipping } from '../../pricing/quote.value.ts';

/** What the laws ask to be priced. */
export type LawCart = PricingInput;

/** All that the laws ask of an implementation: to price a cart, purely, and to tell how it came out. */
export type Pricer = { readonly price: (cart: LawCart) => LawOutcome };

/** Amounts are minor units. */
export type LawShare = { readonly promotionId: string; readonly amount: bigint };

export type LawPart = {
  /** Before any discount: unit price times quantity, or the rate of shipping. */
  readonly subtotal: bigint;
  readonly discount: bigint;
  /** Who took how much off; null where the engine does not say. */
  readonly discounts: readonly LawShare[] | null;
  /** Tax that the price held and that the buyer does not pay. */
  readonly taxRelief: bigint;
  readonly tax: bigint;
  /** Without tax that comes on top. */
  readonly total: bigint;
};

export type LawLine = LawPart & { readonly id: string };

export type LawTotals = {
  /** Of the goods, before discounts. */
  readonly subtotal: bigint;
  /** Of the goods. */
  readonly discount: bigint;
  readonly shipping: bigint;
  readonly tax: bigint;
  readonly total: bigint;
};

export type LawApplied = {
  readonly promotionId: string;
  readonly couponCode: string | null;
  readonly discount: bigint;
  readonly shippingDiscount: bigint;
};

export type LawRejected = {
  readonly promotionId: string | null;
  readonly couponCode: string | null;
  /** `expired`, `below_minimum`, …: a `reason` of `Rejection`, or any words where reasons have other names. */
  readonly reason: string;
};

export type PricedCart = {
  readonly status: 'priced';
  /** Whether the tax is part of the line totals. */
  readonly prices: 'inclusive' | 'exclusive';
  readonly lines: readonly LawLine[];
  readonly shipping: LawPart | null;
  readonly totals: LawTotals;
  readonly applied: readonly LawApplied[];
  readonly rejected: readonly LawRejected[];
  /** All that the engine says, in text that is equal for equal quotes and for no others. */
  readonly text: () => string;
  /** Prices the input that the quote carries; null where it carries none. */
  readonly again: (() => LawOutcome) | null;
};

/** A cart that the engine does not price, and why. The laws pass it by. */
export type RefusedCart = { readonly status: 'refused'; readonly reason: string };
export type LawOutcome = PricedCart | RefusedCart;

/** Shares a whole number of minor units out by weight, in the order of the weights. */
export type Allocate = (whole: bigint, weights: readonly Weight[]) => readonly bigint[];

/** How many steps an implementation takes to price a cart; null when it refuses it. */
export type CountSteps = (cart: LawCart) => number | null;

/** Makes a pricer of `price`, or of anything of its type. */
export function pricerOf(
  price: (input: PricingInput) => Result<Quote, { readonly code: string }>,
): Pricer {
  const priceCart = (cart: LawCart): LawOutcome =>
    price(cart).match(
      (quote): LawOutcome => pricedBy(quote, priceCart),
      ({ code }): LawOutcome => ({ status: 'refused', reason: code }),
    );
  return { price: priceCart };
}

function pricedBy(quote: Quote, priceCart: Pricer['price']): PricedCart {
  const { totals } = quote;
  return {
    status: 'priced',
    prices: quote.prices,
    lines: quote.lines.map((line) => ({ ...partOf(line, line.subtotal), id: line.id })),
    shipping: quote.shipping === null ? null : partOf(quote.shipping, quote.shipping.rate),
    totals: {
      subtotal: totals.subtotal.minorUnits,
      discount: totals.discount.minorUnits,
      shipping: totals.shipping.minorUnits,
      tax: totals.tax.minorUnits,
      total: totals.total.minorUnits,
    },
    applied: quote.promotions.map(({ promotionId, couponCode, discount, shippingDiscount }) => ({
      promotionId,
      couponCode,
      discount: discount.minorUnits,
      shippingDiscount: shippingDiscount.minorUnits,
    })),
    rejected: quote.rejected,
    text: () => textOf(quote),
    again: () => priceCart(quote.input),
  };
}

function partOf(
  { discount, discounts, taxRelief, tax, total }: QuoteLine | QuoteShipping,
  subtotal: { readonly minorUnits: bigint },
): LawPart {
  return {
    subtotal: subtotal.minorUnits,
    discount: discount.minorUnits,
    discounts: discounts.map(({ promotionId, amount }) => ({
      promotionId,
      amount: amount.minorUnits,
    })),
    taxRelief: taxRelief.minorUnits,
    tax: tax.minorUnits,
    total: total.minorUnits,
  };
}

/** JSON in which whole numbers of any size keep their digits. */
export function textOf(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'bigint' ? `${part}n` : part,
  );
}
