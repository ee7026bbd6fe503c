import type { DomainEvent } from '../core/domain-event.ts';
import type { PromotionTermsJson } from './promotion-terms.json.ts';

type PromotionFacts = {
  readonly promotionId: string;
  readonly terms: PromotionTermsJson;
  readonly automatic: boolean;
  readonly givesUsesBack: boolean;
};

type CouponFacts = {
  readonly couponId: string;
  readonly couponCode: string;
  readonly promotionId: string;
  readonly singleUse: boolean;
  readonly active: boolean;
};

export type PromotionCreated = DomainEvent<'pricing.promotion_created', PromotionFacts>;
export type PromotionRevised = DomainEvent<'pricing.promotion_revised', PromotionFacts>;
/** Its coupons go with it; nothing is told of each. */
export type PromotionDeleted = DomainEvent<
  'pricing.promotion_deleted',
  { readonly promotionId: string }
>;
export type CouponCreated = DomainEvent<'pricing.coupon_created', CouponFacts>;
export type CouponRevised = DomainEvent<'pricing.coupon_revised', CouponFacts>;
export type CouponDeleted = DomainEvent<
  'pricing.coupon_deleted',
  { readonly couponId: string; readonly couponCode: string; readonly promotionId: string }
>;

export type PricingEvent =
  | PromotionCreated
  | PromotionRevised
  | PromotionDeleted
  | CouponCreated
  | CouponRevised
  | CouponDeleted;
