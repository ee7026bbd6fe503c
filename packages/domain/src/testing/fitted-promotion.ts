import fc from 'fast-check';

import type { Currency } from '../core/currency.value.ts';
import { isInstant, type Instant } from '../core/instant.value.ts';
import { PROMOTION_CLASSES, type PromotionClass } from '../pricing/promotion-class.ts';
import type { PromotionConditions, PromotionLimits } from '../pricing/promotion-conditions.ts';
import type { PromotionEffect } from '../pricing/promotion-effect.ts';
import { PromotionTerms } from '../pricing/promotion-terms.value.ts';
import {
  anyFittedAmount,
  anyOf,
  CATEGORY_IDS,
  COUNTRIES,
  CUSTOMER_GROUPS,
  PRODUCT_IDS,
  sometimes,
  TAGS,
  type CartFacts,
  type Fitted,
} from './cart-facts.ts';
import type { Policy } from './policy.ts';
import { anyEffect, anyShippingEffects } from './promotion-effect.arbitrary.ts';

const DAY = 86_400_000;

/** From the cart's instant: the start, included, and the end, excluded. */
const WINDOWS: readonly (readonly [number | null, number | null])[] = [
  [null, null],
  [0, null],
  [null, 1],
  [0, 1],
  [-DAY, DAY],
  [1, null],
  [null, 0],
  [-1, 0],
  [1, 2],
];

/** Terms for a cart that is not known yet. */
export type FittedPromotion = (facts: CartFacts, id: string) => PromotionTerms;

/** Null when the policies leave no promotion. */
export function anyFittedPromotion(
  without: ReadonlySet<Policy>,
): fc.Arbitrary<FittedPromotion> | null {
  const ofClasses = PROMOTION_CLASSES.filter((name) => !without.has(`${name}_promotions`)).flatMap(
    (promotionClass) => {
      const effect = anyEffect(promotionClass, without);
      const weight = promotionClass === 'shipping' ? 1 : 3;
      return effect === null
        ? []
        : [{ weight, arbitrary: anyFittedPromotionOf(promotionClass, effect, without) }];
    },
  );
  return ofClasses.length === 0 ? null : fc.oneof(...ofClasses);
}

function anyFittedPromotionOf(
  promotionClass: PromotionClass,
  effect: fc.Arbitrary<Fitted<PromotionEffect>>,
  without: ReadonlySet<Policy>,
): fc.Arbitrary<FittedPromotion> {
  return fc
    .record({
      effects: anyEffects(effect, without),
      conditions: anyConditions(without),
      limits: anyLimits(without),
      window: without.has('windows')
        ? fc.constant(WINDOWS[0])
        : fc.oneof({ weight: 9, arbitrary: fc.constant(WINDOWS[0]) }, fc.constantFrom(...WINDOWS)),
      isActive: without.has('inactive_promotions')
        ? fc.constant(true)
        : fc.nat({ max: 39 }).map((chance) => chance < 39),
      priority: without.has('priorities') ? fc.constant(0) : fc.integer({ min: -1, max: 2 }),
      isExclusive: without.has('exclusive_promotions')
        ? fc.constant(false)
        : fc.nat({ max: 7 }).map((chance) => chance === 7),
      combinesWith: sometimes(fc.subarray([...PROMOTION_CLASSES]), {
        isWanted: !without.has('combining_classes'),
        nilWeight: 4,
      }),
    })
    .map(
      ({ effects, conditions, limits, window, ...frame }): FittedPromotion =>
        (facts, id) =>
          PromotionTerms.define({
            ...frame,
            id,
            name: `Promotion ${id}`,
            class: promotionClass,
            effects: effects(facts),
            conditions: conditions(facts),
            limits: limits(facts),
            startsAt: edge(window?.[0], facts.at),
            endsAt: edge(window?.[1], facts.at),
          })._unsafeUnwrap(),
    );
}

function edge(offset: number | null | undefined, at: Instant): Instant | null {
  const instant = at + (offset ?? Number.NaN);
  return isInstant(instant) ? instant : null;
}

function anyEffects(
  effect: fc.Arbitrary<Fitted<PromotionEffect>>,
  without: ReadonlySet<Policy>,
): fc.Arbitrary<Fitted<readonly PromotionEffect[]>> {
  const ofShipping = anyShippingEffects(without);
  const isWanted = !without.has('several_effects');
  const others = ofShipping.length === 0 ? [effect] : [effect, effect, fc.oneof(...ofShipping)];
  return fc.tuple(effect, sometimes(fc.oneof(...others), { isWanted, nilWeight: 4 })).map(
    ([first, second]): Fitted<readonly PromotionEffect[]> =>
      (facts) =>
        second === undefined ? [first(facts)] : [first(facts), second(facts)],
  );
}

function anyConditions(without: ReadonlySet<Policy>): fc.Arbitrary<Fitted<PromotionConditions>> {
  const ofCustomer = { isWanted: !without.has('customer_conditions'), nilWeight: 30 };
  const ofCart = { isWanted: !without.has('cart_conditions'), nilWeight: 20 };
  const thresholds = { isWanted: !without.has('thresholds'), nilWeight: 6 };
  const bases = without.has('running_thresholds')
    ? fc.constant('base' as const)
    : fc.constantFrom('base' as const, 'running' as const);
  return fc
    .record({
      minimumSubtotal: sometimes(anyFittedAmount(without), thresholds),
      basis: bases,
      minimumQuantity: sometimes(fc.integer({ min: -1, max: 1 }), { ...thresholds, nilWeight: 15 }),
      productIds: sometimes(anyOf(PRODUCT_IDS), ofCart),
      categoryIds: sometimes(anyOf(CATEGORY_IDS), ofCart),
      tags: sometimes(anyOf(TAGS), ofCart),
      priceFrom: sometimes(anyFittedAmount(without), ofCart),
      customerGroups: sometimes(anyOf(CUSTOMER_GROUPS), ofCustomer),
      firstOrder: sometimes(fc.boolean(), ofCustomer),
      shippingCountries: sometimes(anyOf(COUNTRIES), ofCustomer),
      isOfCurrency: sometimes(fc.boolean(), {
        isWanted: !without.has('currencies'),
        nilWeight: 15,
      }),
    })
    .map(
      ({ minimumSubtotal, basis, minimumQuantity, priceFrom, isOfCurrency, ...lists }) =>
        (facts): PromotionConditions => ({
          ...lists,
          minimumSubtotal: minimumSubtotal?.(facts),
          basis: minimumSubtotal === undefined ? undefined : basis,
          minimumQuantity:
            minimumQuantity === undefined ? undefined : Math.max(1, facts.units + minimumQuantity),
          priceRange: priceFrom === undefined ? undefined : { from: priceFrom(facts) },
          currency: isOfCurrency === undefined ? undefined : currencyOf(facts, isOfCurrency),
        }),
    );
}

function currencyOf(facts: CartFacts, isOwn: boolean): Currency {
  return isOwn ? facts.currency : facts.otherCurrency;
}

function anyLimits(without: ReadonlySet<Policy>): fc.Arbitrary<Fitted<PromotionLimits>> {
  const ofUses = { isWanted: !without.has('limits'), nilWeight: 9 };
  return fc
    .record({
      total: sometimes(fc.integer({ min: 1, max: 3 }), ofUses),
      perCustomer: sometimes(fc.integer({ min: 1, max: 2 }), ofUses),
      maximumRepeats: sometimes(fc.integer({ min: 1, max: 3 }), {
        isWanted: !without.has('buy_x_get_y'),
        nilWeight: 3,
      }),
      maximumDiscount: sometimes(anyFittedAmount(without), {
        isWanted: !without.has('maximum_discount'),
        nilWeight: 6,
      }),
    })
    .map(({ maximumDiscount, ...limits }): Fitted<PromotionLimits> => (facts) => ({
      ...limits,
      maximumDiscount: maximumDiscount?.(facts),
    }));
}
