/** Why a code takes nothing off a cart. Exclusion has one code, whether or not a coupon presented the promotion. */
export const COUPON_REJECTION_CODES = [
  'coupon.below_minimum',
  'coupon.below_minimum_quantity',
  'coupon.customer_limit_reached',
  'coupon.expired',
  'coupon.inactive',
  'coupon.limit_reached',
  'coupon.no_eligible_items',
  'coupon.not_first_order',
  'coupon.not_for_customer',
  'coupon.not_for_destination',
  'coupon.not_started',
  'coupon.nothing_to_discount',
  'coupon.other_currency',
  'coupon.same_promotion',
  'coupon.unknown',
  'coupon.used_up',
  'promotion.excluded_by',
] as const;
export type CouponRejectionCode = (typeof COUPON_REJECTION_CODES)[number];

/** A code that takes nothing off the cart that it was presented to. */
export type CouponRejected = {
  readonly [Code in CouponRejectionCode]: {
    readonly code: Code;
    readonly couponCode: string;
    /** One sentence for the shopper. */
    readonly message: string;
    /** What the rule wants and what the cart has, by name: amounts, counts, instants. */
    readonly facts: object;
  };
}[CouponRejectionCode];

/** An order holds every code of its cart to its word: one that takes nothing off stops it. */
export type CouponDoesNotApply = {
  readonly code: 'ordering.coupon_does_not_apply';
  readonly rejections: readonly [CouponRejected, ...CouponRejected[]];
};
