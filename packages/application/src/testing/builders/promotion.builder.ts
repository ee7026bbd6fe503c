import { Rate, type CouponId, type Instant, type PromotionId } from '@kastoma/domain/core';
import {
  Coupon,
  Promotion,
  type CreateCouponInput,
  type CreatePromotionInput,
} from '@kastoma/domain/pricing';

import { BUILT_AT, builderIds, nextNumber } from './builder-ids.ts';

/** `percent('8.875')` */
export function percent(percentage: string): Rate {
  return Rate.parsePercentage(percentage)._unsafeUnwrap();
}

/** A tenth off the order, automatically; it was not stored yet. */
export function aPromotion(wishes: Partial<CreatePromotionInput> = {}): Promotion {
  return Promotion.create({
    id: builderIds.next<PromotionId>(),
    name: 'A tenth off',
    effects: [{ type: 'percentage', percentage: percent('10') }],
    automatic: true,
    at: BUILT_AT as Instant,
    ...wishes,
  })._unsafeUnwrap();
}

/** A code for the promotion that was not stored yet; it differs each time. */
export function aCoupon(
  promotionId: PromotionId,
  wishes: Partial<Omit<CreateCouponInput, 'promotionId'>> = {},
): Coupon {
  return Coupon.create({
    id: builderIds.next<CouponId>(),
    code: `CODE-${nextNumber()}`,
    promotionId,
    singleUse: false,
    active: true,
    at: BUILT_AT as Instant,
    ...wishes,
  })._unsafeUnwrap();
}
