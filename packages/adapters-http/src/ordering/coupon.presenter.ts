import type { CouponRejected, PresentedCoupon } from '@kastoma/application/ordering';
import { formatInstant, Money, type Instant } from '@kastoma/domain/core';

import { toWirePath } from '../core/problem-map.ts';

/** The code, and what its rule wants and the cart has: `{ "coupon_code": …, "minimum": …, "reached": … }`. */
export function presentRejection({ couponCode, facts }: CouponRejected): object {
  const entries = Object.entries(facts).map(
    ([name, fact]: [string, unknown]): [string, unknown] => [
      toWirePath([name]),
      presentFact(name, fact),
    ],
  );
  return { coupon_code: couponCode, ...Object.fromEntries(entries) };
}

function presentFact(name: string, fact: unknown): unknown {
  if (fact instanceof Money) return fact.toJSON();
  return name.endsWith('At') ? formatInstant(fact as Instant) : fact;
}

export function presentCoupon({ code, promotion, discount, rejection }: PresentedCoupon) {
  return {
    code,
    applied: rejection === null,
    promotion,
    discount: discount.toJSON(),
    reason: rejection?.code ?? null,
    message: rejection?.message ?? null,
  };
}

export function presentValidation(coupon: PresentedCoupon) {
  const { applied: valid, ...presented } = presentCoupon(coupon);
  return { valid, ...presented };
}
