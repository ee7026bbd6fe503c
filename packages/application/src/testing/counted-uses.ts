import type { OrderId, PromotionId } from '@kastoma/domain/core';
import type { CouponUses, UseLimits } from '@kastoma/domain/testing';

import { BUILT_AT, builderIds } from './builders/builder-ids.ts';
import { SHOP } from './contexts.ts';
import { givenPromotion, redeemIn, useOf } from './promoted-shop.ts';
import type { ShopPorts } from './shop-ports.ts';

/** A shop's uses as the laws of coupon use ask for them: promotions with these limits, and orders by names of their own. */
export async function countedUses(
  shop: ShopPorts,
  limits: readonly UseLimits[],
): Promise<CouponUses> {
  const promotions = new Map<string, Awaited<ReturnType<typeof givenPromotion>>>();
  for (const { promotionId, total, perCustomer } of limits) {
    const wishes = { automatic: false, limits: { total, perCustomer } };
    promotions.set(promotionId, await givenPromotion(shop, wishes));
  }
  const orders = new Map<string, OrderId>();
  const orderOf = (name: string): OrderId => {
    const id = orders.get(name) ?? builderIds.next<OrderId>();
    orders.set(name, id);
    return id;
  };
  return {
    redeem: async (orderId, promotionId, email) => {
      const promotion = promotions.get(promotionId) ?? (await givenPromotion(shop));
      const customer = { id: null, email };
      const run = await redeemIn(shop, orderOf(orderId), [useOf(promotion)], customer);
      if (run.isErr() && run.error.code !== 'pricing.promotion_limit_reached')
        throw new Error(`A use could not be counted: ${run.error.code}`);
      return run.isOk() ? 'redeemed' : 'limit_reached';
    },
    giveBack: async (orderId) => {
      const at = BUILT_AT as never;
      const run = shop.pricing.run(SHOP, ({ uses }) => uses.giveBack(orderOf(orderId), at));
      (await run)._unsafeUnwrap();
    },
    usesOf: async (promotionId, email) => {
      const id = promotions.get(promotionId)?.state.id ?? builderIds.next<PromotionId>();
      const customer = { id: null, email };
      const run = shop.pricing.run(SHOP, ({ uses }) => uses.usesOf([id], customer));
      const [counted] = (await run)._unsafeUnwrap();
      return { total: counted?.total ?? 0, byCustomer: counted?.byCustomer ?? 0 };
    },
  };
}
