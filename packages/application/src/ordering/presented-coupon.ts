import { err, ok, type Result } from 'neverthrow';

import { defect } from '@kastoma/domain/core';

import type { PresentedCoupon, PricedCart } from './cart-pricing.port.ts';
import type { CouponDoesNotApply, CouponRejected } from './coupon-rejection.ts';

type Priced = Pick<PricedCart, 'coupons'>;

/** What became of a code that was presented. */
export function couponOf({ coupons }: Priced, couponCode: string): PresentedCoupon {
  return (
    coupons.find(({ code }) => code === couponCode) ??
    defect(`The pricing left out the code ${couponCode}.`)
  );
}

export function requireToApply(priced: Priced, couponCode: string): Result<void, CouponRejected> {
  const { rejection } = couponOf(priced, couponCode);
  return rejection === null ? ok() : err(rejection);
}

/** None of a cart's codes is dropped in silence. */
export function requireAllToApply({ coupons }: Priced): Result<void, CouponDoesNotApply> {
  const [first, ...others] = coupons.flatMap(({ rejection }) =>
    rejection === null ? [] : [rejection],
  );
  return first === undefined
    ? ok()
    : err({ code: 'ordering.coupon_does_not_apply', rejections: [first, ...others] });
}
