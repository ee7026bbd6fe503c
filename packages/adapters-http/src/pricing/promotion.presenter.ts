import type { CouponUsage, CouponView, PromotionView } from '@kastoma/application/pricing';
import { formatInstant } from '@kastoma/domain/core';
import { promotionTermsToJson, type PromotionTermsJson } from '@kastoma/domain/pricing';

/** Lists of JSON are read-only to those who read them; an answer's schema does not care. */
type Loose<Value> = Value extends readonly (infer Item)[]
  ? Loose<Item>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Loose<Value[Key]> }
    : Value;

export function presentPromotion(promotion: PromotionView) {
  const { terms, automatic, givesUsesBack, version, createdAt, updatedAt } = promotion;
  return {
    ...(promotionTermsToJson(terms) as Loose<PromotionTermsJson>),
    automatic,
    gives_uses_back: givesUsesBack,
    version,
    created_at: formatInstant(createdAt),
    updated_at: formatInstant(updatedAt),
  };
}

export function presentCoupon(coupon: CouponView) {
  const { id, code, promotion, singleUse, active, version, createdAt } = coupon;
  return {
    id,
    code,
    promotion: presentPromotion(promotion),
    single_use: singleUse,
    active,
    version,
    created_at: formatInstant(createdAt),
  };
}

export function presentUsage(usage: CouponUsage) {
  const { orderId, orderNumber, customerId, email, amount, usedAt, givenBackAt } = usage;
  return {
    order: { id: orderId, number: orderNumber },
    customer: { id: customerId, email },
    amount: amount.toJSON(),
    used_at: formatInstant(usedAt),
    given_back_at: givenBackAt === null ? null : formatInstant(givenBackAt),
  };
}
