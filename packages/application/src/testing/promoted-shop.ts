import type { OrderId } from '@kastoma/domain/core';
import type {
  Coupon,
  CreateCouponInput,
  CreatePromotionInput,
  Promotion,
} from '@kastoma/domain/pricing';

import type { PromotionUse, Redeemer } from '../pricing/promotion-uses.port.ts';
import { BUILT_AT } from './builders/builder-ids.ts';
import { dollars } from './builders/money.builder.ts';
import { aCoupon, aPromotion } from './builders/promotion.builder.ts';
import { SHOP } from './contexts.ts';
import type { ShopPorts } from './shop-ports.ts';

/** What a test of promotions begins with. */

export async function givenPromotion(
  shop: ShopPorts,
  wishes: Partial<CreatePromotionInput> = {},
): Promise<Promotion> {
  const promotion = aPromotion(wishes);
  const added = shop.pricing.run(SHOP, ({ promotions }) => promotions.add(promotion));
  (await added)._unsafeUnwrap();
  return promotion;
}

export async function givenCoupon(
  shop: ShopPorts,
  promotion: Promotion,
  wishes: Partial<Omit<CreateCouponInput, 'promotionId'>> = {},
): Promise<Coupon> {
  const coupon = aCoupon(promotion.state.id, wishes);
  const added = shop.pricing.run(SHOP, ({ coupons }) => coupons.add(coupon));
  (await added)._unsafeUnwrap();
  return coupon;
}

/** One dollar off for the promotion, presented by the coupon if there is one. */
export function useOf(promotion: Promotion, coupon: Coupon | null = null): PromotionUse {
  const { id: promotionId } = promotion.state;
  return { promotionId, couponId: coupon?.state.id ?? null, discount: dollars('1.00') };
}

/** Counts the uses of an order; the outcome says whether a limit was reached. */
export function redeemIn(
  shop: ShopPorts,
  orderId: OrderId,
  uses: readonly PromotionUse[],
  customer: Redeemer,
  at: number = BUILT_AT,
) {
  return shop.pricing.run(SHOP, (tx) => tx.uses.redeem(orderId, uses, customer, at as never));
}
