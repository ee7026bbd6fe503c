import fc from 'fast-check';

import { Rate } from '../core/rate.value.ts';
import type { PromotionClass } from '../pricing/promotion-class.ts';
import type { EligibleUnits, PromotionEffect } from '../pricing/promotion-effect.ts';
import {
  anyFittedAmount,
  anyOf,
  CATEGORY_IDS,
  PRODUCT_IDS,
  sometimes,
  TAGS,
  type Fitted,
} from './cart-facts.ts';
import type { Policy } from './policy.ts';
import { anyRate } from './rate.arbitrary.ts';

const FREE = Rate.parsePercentage('100')._unsafeUnwrap();

type FittedEffect = Fitted<PromotionEffect>;

/** An effect that the class may have; null when the policies leave none. */
export function anyEffect(
  promotionClass: PromotionClass,
  without: ReadonlySet<Policy>,
): fc.Arbitrary<FittedEffect> | null {
  const effects =
    promotionClass === 'shipping'
      ? anyShippingEffects(without)
      : anyGoodsEffects(promotionClass, without);
  return effects.length === 0 ? null : fc.oneof(...effects);
}

function anyGoodsEffects(
  promotionClass: PromotionClass,
  without: ReadonlySet<Policy>,
): readonly fc.Arbitrary<FittedEffect>[] {
  const isOfLines = promotionClass === 'line';
  const units = anyEligibleUnits(without);
  return [
    ...(without.has('percentages') ? [] : [anyPercentage(units)]),
    ...(without.has('fixed_amounts') ? [] : [anyFixedAmount('across', units, without)]),
    ...(!isOfLines || without.has('fixed_per_unit')
      ? []
      : [anyFixedAmount('per_unit', units, without)]),
    ...(!isOfLines || without.has('buy_x_get_y') ? [] : [anyBuyXGetY(units)]),
  ];
}

function anyPercentage(units: fc.Arbitrary<EligibleUnits>): fc.Arbitrary<FittedEffect> {
  return fc
    .tuple(anyRate({ isPositive: true }), units)
    .map(([percentage, eligible]): FittedEffect => () => ({
      type: 'percentage',
      percentage,
      ...eligible,
    }));
}

function anyFixedAmount(
  spread: 'across' | 'per_unit',
  units: fc.Arbitrary<EligibleUnits>,
  without: ReadonlySet<Policy>,
): fc.Arbitrary<FittedEffect> {
  return fc
    .tuple(anyFittedAmount(without), units)
    .map(([amount, eligible]): FittedEffect => (facts) => ({
      type: 'fixed_amount',
      amount: amount(facts),
      spread,
      ...eligible,
    }));
}

function anyBuyXGetY(units: fc.Arbitrary<EligibleUnits>): fc.Arbitrary<FittedEffect> {
  const percentage = fc.oneof(fc.constant(FREE), anyRate({ isPositive: true }));
  return fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), percentage, units)
    .map(([buy, get, rate, eligible]): FittedEffect => () => ({
      type: 'buy_x_get_y',
      buy,
      get,
      percentage: rate,
      ...eligible,
    }));
}

function anyEligibleUnits(without: ReadonlySet<Policy>): fc.Arbitrary<EligibleUnits> {
  const isWanted = !without.has('targets');
  return fc.record({
    target: sometimes(
      fc.oneof(
        anyOf(PRODUCT_IDS).map((productIds) => ({ productIds })),
        anyOf(CATEGORY_IDS).map((categoryIds) => ({ categoryIds })),
        anyOf(TAGS).map((tags) => ({ tags })),
        fc.record({ productIds: anyOf(PRODUCT_IDS), tags: anyOf(TAGS) }),
      ),
      { isWanted, nilWeight: 1 },
    ),
    maximumUnitsPerVariant: sometimes(fc.integer({ min: 1, max: 5 }), { isWanted, nilWeight: 6 }),
  });
}

export function anyShippingEffects(
  without: ReadonlySet<Policy>,
): readonly fc.Arbitrary<FittedEffect>[] {
  if (without.has('shipping')) return [];
  return [
    fc.constant<FittedEffect>(() => ({ type: 'free_shipping' })),
    anyRate({ isPositive: true }).map((percentage): FittedEffect => () => ({
      type: 'shipping_discount',
      percentage,
    })),
    anyFittedAmount(without).map((amount): FittedEffect => (facts) => ({
      type: 'shipping_discount',
      amount: amount(facts),
    })),
  ];
}
