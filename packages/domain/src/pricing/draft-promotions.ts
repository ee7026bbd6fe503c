import { Result } from 'neverthrow';

import type { PricingInput } from './pricing-input.ts';
import type { InvalidPromotion } from './pricing.errors.ts';
import type { PromotionDraft } from './promotion-draft.ts';
import { PromotionTerms } from './promotion-terms.value.ts';

/** The same terms at a time when they hold: switched on, and without a window. */
export function asIfLive(
  drafts: readonly PromotionTerms[],
): Result<readonly PromotionTerms[], InvalidPromotion> {
  return Result.combine(
    drafts.map((draft: PromotionDraft) =>
      PromotionTerms.define({ ...draft, isActive: true, startsAt: null, endsAt: null }),
    ),
  );
}

/**
 * The cart as it would be with the drafts: each replaces the promotion of its id, or comes as one more, and all are
 * automatic, since the coupons that presented one of them go.
 */
export function withDrafts(cart: PricingInput, drafts: readonly PromotionTerms[]): PricingInput {
  const ids = new Set(drafts.map(({ id }) => id));
  const { promotions = [], coupons = [] } = cart;
  return {
    ...cart,
    promotions: [...promotions.filter(({ id }) => !ids.has(id)), ...drafts],
    coupons: coupons.filter(({ promotionId }) => !ids.has(promotionId)),
  };
}
