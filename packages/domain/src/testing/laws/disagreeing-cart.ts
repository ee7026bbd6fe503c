import fc from 'fast-check';

import { Money } from '../../core/money.value.ts';
import type { PricingInput } from '../../pricing/pricing-input.ts';
import { PROMOTION_CLASSES } from '../../pricing/promotion-class.ts';
import type { PromotionDraft } from '../../pricing/promotion-draft.ts';
import type { PromotionTerms } from '../../pricing/promotion-terms.value.ts';
import type { Policy } from '../policy.ts';
import { changedTerms, subtotalOf } from './changed-cart.ts';

const MOST_PROMOTIONS = 5;

type Stance = Partial<Pick<PromotionDraft, 'isExclusive' | 'combinesWith' | 'priority'>> & {
  /** It counts what others left, and gives up when that is less than there was. */
  readonly isTouchy: boolean;
};

/** Promotions that are in force, that shut each other out, and that may stumble over what the others take. */
export function disagreeing(
  carts: fc.Arbitrary<PricingInput>,
  without: readonly Policy[],
): fc.Arbitrary<PricingInput> {
  const stances = fc.array(anyStance(without), {
    minLength: MOST_PROMOTIONS,
    maxLength: MOST_PROMOTIONS,
  });
  return fc.tuple(carts, stances).map(([cart, taken]) => ({
    ...cart,
    promotions: cart.promotions?.map((terms, index) => taking(taken[index], terms, cart)),
  }));
}

function anyStance(without: readonly Policy[]): fc.Arbitrary<Stance> {
  const one = <Value>(policy: Policy, value: fc.Arbitrary<Value>, otherwise: Value) =>
    without.includes(policy) ? fc.constant(otherwise) : value;
  return fc.record({
    isExclusive: one(
      'exclusive_promotions',
      fc.nat({ max: 2 }).map((chance) => chance === 2),
      false,
    ),
    combinesWith: one(
      'combining_classes',
      fc.oneof(fc.constant([...PROMOTION_CLASSES]), fc.subarray([...PROMOTION_CLASSES])),
      PROMOTION_CLASSES,
    ),
    priority: one('priorities', fc.integer({ min: 0, max: 3 }), 0),
    isTouchy: one('running_thresholds', fc.boolean(), false),
  });
}

function taking(
  stance: Stance | undefined,
  terms: PromotionTerms,
  cart: PricingInput,
): PromotionTerms {
  if (stance === undefined) return terms;
  const { isTouchy, ...draft } = stance;
  const minimumSubtotal = Money.of(subtotalOf(cart), cart.currency)._unsafeUnwrap();
  return changedTerms(terms, {
    ...draft,
    conditions: isTouchy ? { minimumSubtotal, basis: 'running' } : {},
    limits: { maximumRepeats: terms.limits.maximumRepeats },
    startsAt: null,
    endsAt: null,
    isActive: true,
  });
}
