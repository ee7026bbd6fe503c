import { defect, type Instant } from '@kastoma/domain/core';
import type { PromotionTerms } from '@kastoma/domain/pricing';

import type { PresentedCoupon } from './promotions-in-force.port.ts';

type FoundCoupon = PresentedCoupon & { readonly active: boolean };

/**
 * What coupons present that were found by their codes. The engine knows no coupon that is switched off:
 * its promotion is shown as switched off instead, so that the shopper is told why; beside another
 * coupon of the same promotion it is left out.
 */
export function presentedPromotions(
  found: readonly FoundCoupon[],
  promotions: readonly PromotionTerms[],
): {
  readonly promotions: readonly PromotionTerms[];
  readonly coupons: readonly PresentedCoupon[];
} {
  const named = new Set(found.map(({ promotionId }) => promotionId));
  const on = new Set(found.filter(({ active }) => active).map(({ promotionId }) => promotionId));
  return {
    promotions: promotions.map((terms) =>
      named.has(terms.id) && !on.has(terms.id) ? switchedOff(terms) : terms,
    ),
    coupons: found
      .filter(({ active, promotionId }) => active || !on.has(promotionId))
      .map(({ id, code, promotionId, usesLeft }) => ({ id, code, promotionId, usesLeft })),
  };
}

/** Switched on, and within its window: its start is in it, its end is not. */
export function isInForce({ isActive, startsAt, endsAt }: PromotionTerms, at: Instant): boolean {
  return isActive && (startsAt === null || startsAt <= at) && (endsAt === null || at < endsAt);
}

function switchedOff(terms: PromotionTerms): PromotionTerms {
  return terms.with({ isActive: false }).match(
    (off) => off,
    ({ reason }) => defect(`A promotion that is switched off is not valid: ${reason}.`),
  );
}
