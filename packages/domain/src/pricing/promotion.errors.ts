import type { FieldPath } from '../core/text.value.ts';

/** A deleted one is as good as none. */
export type PromotionNotFound = { readonly code: 'pricing.promotion_not_found' };
/** A deleted one is as good as none. */
export type CouponNotFound = { readonly code: 'pricing.coupon_not_found' };
/** A promotion that a coupon shall present, and that is not there. */
export type PromotionMissing = {
  readonly code: 'pricing.promotion_missing';
  readonly path: FieldPath;
};
/** Another coupon has the code, in whatever case it was written. */
export type CouponCodeTaken = {
  readonly code: 'pricing.coupon_code_taken';
  readonly couponCode: string;
};
/** Every cart is priced with all automatic promotions: there is an end to how many a shop may have. */
export type TooManyPromotions = {
  readonly code: 'pricing.too_many_promotions';
  readonly maximum: number;
};
/** No use is left: of the promotion, of the promotion for this customer, or of a coupon for one use. */
export type PromotionLimitReached = {
  readonly code: 'pricing.promotion_limit_reached';
  readonly promotionId: string;
  readonly limit: 'total' | 'per_customer' | 'single_use';
};
