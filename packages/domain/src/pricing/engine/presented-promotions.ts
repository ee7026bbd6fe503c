import type { PricingCoupon, PricingInput } from '../pricing-input.ts';
import type { PromotionTerms } from '../promotion-terms.value.ts';
import type { RejectedCode } from '../rejection.ts';

export type Presented = {
  /** Automatic ones, and those that a code presents. */
  readonly promotions: readonly {
    readonly terms: PromotionTerms;
    readonly couponCode: string | null;
  }[];
  /** Codes that present nothing. */
  readonly rejected: readonly RejectedCode[];
};

/** Which promotions are in the contest at all: of several codes for one of them the smallest that has uses left. */
export function presentPromotions({
  promotions = [],
  coupons = [],
  codes = [],
}: PricingInput): Presented {
  if (coupons.length === 0 && codes.length === 0)
    return { promotions: promotions.map((terms) => ({ terms, couponCode: null })), rejected: [] };
  const known = new Map(coupons.map((coupon) => [coupon.code, coupon]));
  const codeOf = new Map<string, string>();
  const rejected = codes.flatMap((code): RejectedCode[] => {
    const coupon = known.get(code);
    if (coupon === undefined) return [refused('unknown', code, null)];
    if (coupon.usesLeft === 0) return [refused('used_up', code, coupon)];
    if (codeOf.has(coupon.promotionId)) return [refused('same_promotion', code, coupon)];
    codeOf.set(coupon.promotionId, code);
    return [];
  });
  const needCodes = new Set(coupons.map(({ promotionId }) => promotionId));
  return {
    promotions: promotions.flatMap((terms) => {
      const couponCode = codeOf.get(terms.id) ?? null;
      return couponCode === null && needCodes.has(terms.id) ? [] : [{ terms, couponCode }];
    }),
    rejected,
  };
}

function refused(
  reason: 'unknown' | 'used_up' | 'same_promotion',
  couponCode: string,
  coupon: PricingCoupon | null,
): RejectedCode {
  return { code: `coupon.${reason}`, reason, couponCode, promotionId: coupon?.promotionId ?? null };
}
