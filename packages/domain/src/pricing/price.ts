import { err, ok, Result, safeTry } from 'neverthrow';

import type { Currency } from '../core/currency.value.ts';
import { Money } from '../core/money.value.ts';
import type { PricingError, PricingInput, PricingLine } from './pricing-input.ts';
import type { ExplanationStep, Quote, QuoteLine, QuoteShipping } from './quote.value.ts';
import type { ShippingRate } from './shipping-rate.value.ts';

type PricedShipping = { readonly shipping: QuoteShipping; readonly step: ExplanationStep };

/**
 * Prices a cart. Pure: the same input gives the same quote, to the byte.
 * The steps stand in the order that the pricing rules fix: lines, shipping, totals.
 */
export function price(input: PricingInput): Result<Quote, PricingError> {
  const { currency } = input;
  return safeTry(function* () {
    const lines = yield* priceLines(input);
    const subtotal = yield* sum(
      lines.map((line) => line.subtotal),
      currency,
      'subtotal',
    );
    const goods = yield* sum(
      lines.map((line) => line.total),
      currency,
      'goods',
    );
    const shipped =
      input.shipping === null || lines.length === 0
        ? null
        : yield* ship(input.shipping, currency, goods);
    const zero = Money.zero(currency);
    const shipping = shipped?.shipping.total ?? zero;
    const total = yield* sum([goods, shipping], currency, 'total');
    return ok({
      currency,
      lines,
      shipping: shipped?.shipping ?? null,
      totals: { subtotal, discount: zero, shipping, tax: zero, total },
      explanation: [
        ...lines.map(explainLine),
        ...(shipped === null ? [] : [shipped.step]),
        {
          step: 'totals' as const,
          rule: 'goods_plus_shipping' as const,
          goods,
          shipping,
          amount: total,
        },
      ],
    });
  });
}

/** Adds exactly; the bound is checked once, on the sum. */
function sum(
  amounts: readonly Money[],
  currency: Currency,
  subject: string,
): Result<Money, PricingError> {
  const minorUnits = amounts.reduce((total, amount) => total + amount.minorUnits, 0n);
  return moneyOf(minorUnits, currency, subject);
}

function moneyOf(
  minorUnits: bigint,
  currency: Currency,
  subject: string,
): Result<Money, PricingError> {
  return Money.of(minorUnits, currency).mapErr(() => ({
    code: 'pricing.amount_out_of_bounds' as const,
    subject,
  }));
}

function checkAmount(
  amount: Money,
  currency: Currency,
  subject: string,
): Result<Money, PricingError> {
  if (amount.currency !== currency)
    return err({ code: 'pricing.currency_mismatch', subject, expected: currency });
  return amount.isNegative ? err({ code: 'pricing.negative_price', subject }) : ok(amount);
}

function priceLines(input: PricingInput): Result<readonly QuoteLine[], PricingError> {
  const sorted = input.lines.toSorted(byId);
  const twice = sorted.find((line, index) => line.id === sorted[index + 1]?.id);
  if (twice !== undefined) return err({ code: 'pricing.duplicate_line', lineId: twice.id });
  return Result.combine(sorted.map((line) => priceLine(line, input.currency)));
}

/** By UTF-16 code unit: the same in every place and language. */
function byId(a: PricingLine, b: PricingLine): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

function priceLine(line: PricingLine, currency: Currency): Result<QuoteLine, PricingError> {
  if (!Number.isSafeInteger(line.quantity) || line.quantity < 1) {
    return err({ code: 'pricing.invalid_quantity', lineId: line.id, quantity: line.quantity });
  }
  return checkAmount(line.unitPrice, currency, line.id)
    .andThen((unitPrice) =>
      moneyOf(unitPrice.minorUnits * BigInt(line.quantity), currency, line.id),
    )
    .map((subtotal) => ({
      id: line.id,
      variantId: line.variantId,
      unitPrice: line.unitPrice,
      quantity: line.quantity,
      subtotal,
      discount: Money.zero(currency),
      tax: Money.zero(currency),
      total: subtotal,
    }));
}

function ship(
  rate: ShippingRate,
  currency: Currency,
  goods: Money,
): Result<PricedShipping, PricingError> {
  return Result.combine([
    checkAmount(rate.amount, currency, rate.method),
    rate.freeFrom === null ? ok(null) : checkAmount(rate.freeFrom, currency, rate.method),
  ]).map(([listed, freeFrom]) => {
    const zero = Money.zero(currency);
    const isFree = freeFrom !== null && goods.minorUnits >= freeFrom.minorUnits;
    const amount = isFree ? zero : listed;
    return {
      shipping: { method: rate.method, rate: amount, discount: zero, tax: zero, total: amount },
      step: {
        step: 'shipping',
        rule: isFree ? 'free_from' : 'flat_rate',
        method: rate.method,
        rate: listed,
        freeFrom,
        goods,
        amount,
      },
    };
  });
}

function explainLine(line: QuoteLine): ExplanationStep {
  return {
    step: 'lines',
    rule: 'unit_price_times_quantity',
    lineId: line.id,
    unitPrice: line.unitPrice,
    quantity: line.quantity,
    amount: line.subtotal,
  };
}
