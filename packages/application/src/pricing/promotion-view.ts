import type { Instant } from '@kastoma/domain/core';
import type { Coupon, Promotion, PromotionTerms } from '@kastoma/domain/pricing';

/** A promotion as those see it who make them. */
export type PromotionView = {
  readonly id: string;
  readonly terms: PromotionTerms;
  readonly automatic: boolean;
  readonly givesUsesBack: boolean;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

export type CouponView = {
  readonly id: string;
  readonly code: string;
  readonly promotion: PromotionView;
  readonly singleUse: boolean;
  readonly active: boolean;
  readonly version: number;
  readonly createdAt: Instant;
};

export function viewPromotion({ state, version }: Promotion): PromotionView {
  const { id, terms, automatic, givesUsesBack, createdAt, updatedAt } = state;
  return { id, terms, automatic, givesUsesBack, version, createdAt, updatedAt };
}

export function viewCoupon({ state, version }: Coupon, promotion: Promotion): CouponView {
  const { id, code, singleUse, active, createdAt } = state;
  return { id, code, promotion: viewPromotion(promotion), singleUse, active, version, createdAt };
}
