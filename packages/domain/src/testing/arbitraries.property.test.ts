import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { minorUnitDigits } from '../core/currency.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { price } from '../pricing/price.ts';
import type { PricingInput } from '../pricing/pricing-input.ts';
import { anyCurrency } from './currency.arbitrary.ts';
import { allPoliciesBut, POLICIES, type Policy } from './policy.ts';
import { anyPricingInput } from './pricing-input.arbitrary.ts';
import { anyPricingLine } from './pricing-line.arbitrary.ts';
import { anyPromotionTerms } from './promotion.arbitrary.ts';
import { anyShippingMethod } from './shipping-method.arbitrary.ts';
import { anyTaxPolicy, anyTaxRule } from './tax-policy.arbitrary.ts';

const sample = fc.sample(anyPricingInput(), { numRuns: 4_000, seed: 1 });
const quotes = sample.map((input) => price(input)._unsafeUnwrap());
const share = (isSo: (input: PricingInput) => boolean) =>
  sample.filter(isSo).length / sample.length;

describe('carts of the generators', () => {
  test.each([0, 2, 3, 4])('are as often in a currency with %i digits as in others', (digits) => {
    expect(share(({ currency }) => minorUnitDigits(currency) === digits)).toBeCloseTo(0.25, 1);
  });

  test('meet every kind of step', () => {
    const rules = new Set(quotes.flatMap(({ explanation }) => explanation.map(({ rule }) => rule)));
    expect([...rules].toSorted()).toEqual([
      'buy_x_get_y',
      'fixed_across',
      'fixed_per_unit',
      'flat_rate',
      'free_from',
      'free_shipping',
      'goods_plus_shipping_plus_tax',
      'percentage',
      'rate_by_subtotal',
      'rate_by_weight',
      'shipping_amount',
      'shipping_percentage',
      'tax_included',
      'tax_on_top',
      'tax_relief',
      'unit_price_times_quantity',
    ]);
  });

  test('meet every reason for which nothing is taken off', () => {
    const reasons = new Set(quotes.flatMap(({ rejected }) => rejected.map(({ reason }) => reason)));
    expect([...reasons].toSorted()).toEqual([
      'below_minimum',
      'below_minimum_quantity',
      'customer_limit_reached',
      'excluded_by',
      'expired',
      'inactive',
      'limit_reached',
      'no_eligible_items',
      'not_first_order',
      'not_for_customer',
      'not_for_destination',
      'not_started',
      'nothing_to_discount',
      'other_currency',
      'same_promotion',
      'unknown',
      'used_up',
    ]);
  });

  test('have promotions that apply, several of them in many carts, and floors that cut something off', () => {
    const applied = quotes.map(({ promotions }) => promotions.length);
    expect(applied.filter((count) => count > 0).length).toBeGreaterThan(sample.length / 2);
    expect(applied.filter((count) => count > 1).length).toBeGreaterThan(sample.length / 8);
    const dropped = quotes.filter(({ explanation }) =>
      explanation.some((step) => 'dropped' in step && step.dropped.minorUnits > 0n),
    );
    expect(dropped.length).toBeGreaterThan(sample.length / 50);
  });

  test('can be made of parts', () => {
    const parts = anyCurrency().chain((currency) =>
      fc.record({
        currency: fc.constant(currency),
        at: fc.constant(0 as Instant),
        lines: fc.array(anyPricingLine(currency), { maxLength: 1 }),
        promotions: fc.array(anyPromotionTerms({ currency }), { maxLength: 1 }),
        shipping: anyShippingMethod({ currency }),
        tax: fc.oneof(
          anyTaxPolicy(),
          fc.record({
            prices: fc.constant('inclusive' as const),
            rounding: fc.constant('per_line' as const),
            rules: fc.array(anyTaxRule(), { maxLength: 1 }),
          }),
        ),
      }),
    );
    fc.assert(fc.property(parts, (input) => price(input).isOk()));
  });
});

describe('a policy that is left out', { timeout: 60_000 }, () => {
  const without = (...policies: readonly Policy[]) =>
    fc.sample(anyPricingInput({ without: policies }), { numRuns: 300, seed: 1 });
  const effectsOf = ({ promotions = [] }: PricingInput) =>
    promotions.flatMap(({ effects }) => effects);
  const isNone: Readonly<Record<string, (input: PricingInput) => boolean>> = {
    currencies: ({ currency }) => currency === 'USD',
    equal_lines: ({ lines }) =>
      new Set(lines.map(({ variantId }) => variantId)).size === lines.length,
    floors: ({ lines }) => lines.every((line) => line.minimumUnitPrice === undefined),
    zero_prices: ({ lines }) => lines.every(({ unitPrice }) => unitPrice.minorUnits > 0n),
    coupons: ({ coupons = [], codes = [] }) => coupons.length + codes.length === 0,
    several_codes: ({ codes = [] }) => codes.length < 2,
    automatic_promotions: ({ promotions = [], coupons = [] }) =>
      promotions.every(({ id }) => coupons.some(({ promotionId }) => promotionId === id)),
    stacking: ({ promotions = [] }) => promotions.length < 2,
    percentages_compound: (input) =>
      effectsOf(input).filter((effect) => 'percentage' in effect).length < 2,
    several_effects: ({ promotions = [] }) =>
      promotions.every(({ effects }) => effects.length === 1),
    line_promotions: ({ promotions = [] }) => promotions.every((terms) => terms.class !== 'line'),
    percentages: (input) => effectsOf(input).every(({ type }) => type !== 'percentage'),
    buy_x_get_y: (input) => effectsOf(input).every(({ type }) => type !== 'buy_x_get_y'),
    targets: (input) => effectsOf(input).every((effect) => !('target' in effect)),
    windows: ({ promotions = [] }) =>
      promotions.every(({ startsAt, endsAt }) => startsAt === null && endsAt === null),
    exclusive_promotions: ({ promotions = [] }) =>
      promotions.every(({ isExclusive }) => !isExclusive),
    best_for_customer: ({ combining }) => combining === 'priority',
    half_even: ({ rounding }) => rounding === 'half_up',
    tax: ({ tax }) => tax === undefined,
    tax_inclusive: ({ tax }) => tax?.prices !== 'inclusive',
    tax_per_total: ({ tax }) => tax?.rounding !== 'per_total',
    tax_exemption: ({ customer }) => customer?.taxExempt !== true,
    shipping: (input) =>
      input.shipping === null && effectsOf(input).every(({ type }) => !type.includes('shipping')),
  };

  test.each(Object.keys(isNone) as Policy[])('does not occur: %s', (policy) => {
    expect(without().some((input) => isNone[policy]?.(input) === false)).toBe(true);
    expect(without(policy).every((input) => isNone[policy]?.(input))).toBe(true);
  });

  test('may be any, or every one of them', () => {
    for (const policy of POLICIES) expect(without(...allPoliciesBut(policy)).length).toBe(300);
    expect(without(...POLICIES).every((input) => price(input).isOk())).toBe(true);
  });
});
