import type { CartMissing } from '@kastoma/application/pricing';
import type {
  CouponCodeTaken,
  CouponNotFound,
  InvalidPromotion,
  MalformedCouponCode,
  PromotionMissing,
  PromotionNotFound,
  TooManyPromotions,
} from '@kastoma/domain/pricing';

import type { ProblemMap } from '../core/problem-map.ts';

export type PricingAdministrationError =
  | CartMissing
  | CouponCodeTaken
  | CouponNotFound
  | InvalidPromotion
  | MalformedCouponCode
  | PromotionMissing
  | PromotionNotFound
  | TooManyPromotions;

const PROMOTION_REASONS = {
  malformed_text: 'It must be a text that is neither empty nor too long.',
  no_effect: 'A promotion has at least one effect.',
  too_many: 'These are too many.',
  empty_target: 'It must name something, or be left out.',
  contradictory_window: 'The end must come after the start.',
  contradictory_range: 'The upper end must not lie below the lower one.',
  wrong_class: 'A promotion of this class has no such effect.',
  not_a_count: 'It must be a whole number of at least 1.',
  not_positive: 'It must be more than nothing.',
  too_large: 'It is too large.',
  other_currency: 'Both ends must be in the same currency.',
  malformed: 'It does not have the form that is wanted here.',
} as const satisfies Record<InvalidPromotion['reason'], string>;

export const PRICING_PROBLEMS: ProblemMap<PricingAdministrationError> = {
  'pricing.cart_missing': { status: 422, describe: () => 'There is no such active cart.' },
  'pricing.coupon_code_taken': {
    status: 409,
    describe: ({ couponCode }) => `There is a coupon with the code ${couponCode} already.`,
    field: 'code',
  },
  'pricing.coupon_not_found': { status: 404, describe: () => 'There is no such coupon.' },
  'pricing.invalid_promotion': {
    status: 422,
    describe: ({ reason }) => PROMOTION_REASONS[reason],
    detail: ({ reason }) => ({ reason }),
  },
  'pricing.malformed_coupon_code': {
    status: 422,
    describe: ({ maximumLength }) =>
      `A code has 1 to ${maximumLength} letters A to Z, digits, points, hyphens or underscores, and begins with a letter or a digit.`,
    field: 'code',
  },
  'pricing.promotion_missing': { status: 422, describe: () => 'There is no such promotion.' },
  'pricing.promotion_not_found': { status: 404, describe: () => 'There is no such promotion.' },
  'pricing.too_many_promotions': {
    status: 409,
    describe: ({ maximum }) =>
      `There are ${maximum} promotions without a code already: delete one first.`,
    detail: ({ maximum }) => ({ maximum }),
  },
};
