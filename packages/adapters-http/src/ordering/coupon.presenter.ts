import type { CartView, CouponRejected, PresentedCoupon } from '@kastoma/application/ordering';
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

/** A code may cost the cart another one: then the shopper is told at once, and not when the order is refused. */
export function appliedInWords({ coupons }: Pick<CartView, 'coupons'>): string {
  const lost = coupons.flatMap(({ rejection }) => rejection ?? []);
  if (lost.length === 0) return 'Code applied';
  const [codes, take, them] =
    lost.length === 1 ? ['a code', 'takes', 'it'] : [`${lost.length} codes`, 'take', 'them'];
  const why = lost.map(({ message }) => message).join(' ');
  return `Code applied, but ${codes} of the cart now ${take} nothing off. ${why} Take ${them} out before you order.`;
}

export function presentValidation(coupon: PresentedCoupon) {
  const { applied: valid, ...presented } = presentCoupon(coupon);
  return { valid, ...presented };
}
