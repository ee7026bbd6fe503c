import { parseCountry } from '../src/core/country.value.ts';
import { parseCurrency } from '../src/core/currency.value.ts';
import type { Instant } from '../src/core/instant.value.ts';
import { Money } from '../src/core/money.value.ts';
import { Rate } from '../src/core/rate.value.ts';
import type { ExplanationStep } from '../src/pricing/explanation.ts';
import { price } from '../src/pricing/price.ts';
import type { PricingInput, PricingLine } from '../src/pricing/pricing-input.ts';
import type { PricingError } from '../src/pricing/pricing.errors.ts';
import type { PromotionDraft } from '../src/pricing/promotion-draft.ts';
import type { FixedAmountEffect, PromotionEffect } from '../src/pricing/promotion-effect.ts';
import { PromotionTerms } from '../src/pricing/promotion-terms.value.ts';
import type { Quote } from '../src/pricing/quote.value.ts';
import type { ShippingMethod, ShippingRate } from '../src/pricing/shipping-method.value.ts';
import type { TaxPolicy, TaxRule } from '../src/pricing/tax.value.ts';

const usd = parseCurrency('USD')._unsafeUnwrap();
export const germany = parseCountry('DE')._unsafeUnwrap();
export const canada = parseCountry('CA')._unsafeUnwrap();
export const NOW = Date.UTC(2026, 10, 23, 12) as Instant;

/** `dollars('19.99')`; other currencies by their code. */
export function dollars(amount: string, currency = 'USD'): Money {
  return Money.parse({ amount, currency })._unsafeUnwrap();
}

export function percent(text: string): Rate {
  return Rate.parsePercentage(text)._unsafeUnwrap();
}

/** A line whose product and variant are called what the line is called. */
export function line(
  id: string,
  unitPrice: string,
  quantity = 1,
  changes: Partial<PricingLine> = {},
): PricingLine {
  return {
    id,
    productId: id,
    variantId: id,
    unitPrice: dollars(unitPrice),
    quantity,
    ...changes,
  };
}

/** A promotion whose name is its id. */
export function promotion(
  id: string,
  effects: PromotionEffect | readonly PromotionEffect[],
  draft: Partial<PromotionDraft> = {},
): PromotionTerms {
  const list = 'type' in effects ? [effects] : effects;
  return PromotionTerms.define({ id, name: id, effects: list, ...draft })._unsafeUnwrap();
}

export function percentOff(text: string) {
  return { type: 'percentage', percentage: percent(text) } as const;
}

export function amountOff(
  amount: string,
  spread: FixedAmountEffect['spread'] = 'across',
): FixedAmountEffect {
  return { type: 'fixed_amount', amount: dollars(amount), spread };
}

export function buyGet(buy: number, get: number, percentage = '100') {
  return { type: 'buy_x_get_y', buy, get, percentage: percent(percentage) } as const;
}

export const freeShipping = { type: 'free_shipping' } as const;

export function shippingOff(text: string) {
  return { type: 'shipping_discount', percentage: percent(text) } as const;
}

/** One rate for everywhere. */
export function flat(amount: string, rate: Partial<ShippingRate> = {}): ShippingMethod {
  const charge = { type: 'flat', amount: dollars(amount) } as const;
  return { method: 'parcel', rates: [{ charge, ...rate }] };
}

export function tax(
  prices: TaxPolicy['prices'],
  rules: readonly Partial<TaxRule>[],
  rounding: TaxPolicy['rounding'] = 'per_line',
): TaxPolicy {
  return {
    prices,
    rounding,
    rules: rules.map((rule, index) => ({
      id: `rule-${index}`,
      country: germany,
      rate: percent('19'),
      ...rule,
    })),
  };
}

/** A cart in dollars that is shipped to Germany for nothing, with one line that costs ten dollars. */
export function cart(changes: Partial<PricingInput> = {}): PricingInput {
  return {
    currency: usd,
    at: NOW,
    lines: [line('tea', '10.00')],
    destination: { country: germany },
    shipping: null,
    ...changes,
  };
}

export function quoteOf(changes: Partial<PricingInput>): Quote {
  return price(cart(changes))._unsafeUnwrap();
}

export function refusalOf(changes: Partial<PricingInput>): PricingError {
  return price(cart(changes))._unsafeUnwrapErr();
}

/** `{ tea: '9.00', cup: '4.50' }`: an amount of each line, by its id. */
export function eachLine(
  { lines }: Quote,
  amount: 'discount' | 'total' | 'tax' | 'taxRelief' | 'subtotal',
): Record<string, string> {
  return Object.fromEntries(lines.map((one) => [one.id, one[amount].toDecimal()]));
}

/** What is to be paid, as text. */
export function totalOf(changes: Partial<PricingInput>): string {
  return quoteOf(changes).totals.total.toDecimal();
}

/** What was taken off the goods, as text. */
export function discountOf(changes: Partial<PricingInput>): string {
  return quoteOf(changes).totals.discount.toDecimal();
}

/** `{ spring: '1.00' }`: what each promotion took off the goods, in the order in which they were applied. */
export function eachPromotion({ promotions }: Quote): Record<string, string> {
  return Object.fromEntries(promotions.map((one) => [one.promotionId, one.discount.toDecimal()]));
}

/** `{ spring: 'promotion.expired' }`: why each promotion, or else each code, took nothing off. */
export function eachRejection({ rejected }: Quote): Record<string, string> {
  return Object.fromEntries(
    rejected.map(({ promotionId, couponCode, code }) => [promotionId ?? couponCode ?? '', code]),
  );
}

export function stepsOf<Name extends ExplanationStep['step']>(
  { explanation }: Quote,
  name: Name,
): readonly (ExplanationStep & { readonly step: Name })[] {
  return explanation.filter(
    (step): step is ExplanationStep & { readonly step: Name } => step.step === name,
  );
}
