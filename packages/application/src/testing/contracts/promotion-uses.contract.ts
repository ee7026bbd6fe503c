import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, OrderId } from '@kastoma/domain/core';
import type { Promotion, PromotionLimits } from '@kastoma/domain/pricing';
import { laws } from '@kastoma/domain/testing';

import type { PromotionUse, Redeemer } from '../../pricing/promotion-uses.port.ts';
import { BUILT_AT, builderIds, nextNumber } from '../builders/builder-ids.ts';
import { SHOP } from '../contexts.ts';
import { countedUses } from '../counted-uses.ts';
import { givenCoupon, givenPromotion, redeemIn, useOf } from '../promoted-shop.ts';
import type { OpenShop, ShopPorts } from '../shop-ports.ts';
import { givenCustomer } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const later = (BUILT_AT + 60_000) as Instant;
const newOrder = () => builderIds.next<OrderId>();
const aGuest = (): Redeemer => ({ id: null, email: `guest-${nextNumber()}@people.example` });
const reached = (promotion: Promotion, limit: string) =>
  err({ code: 'pricing.promotion_limit_reached', promotionId: promotion.state.id, limit });

export function promotionUsesContract(open: OpenShop): void {
  describe('the uses of promotions', () => {
    const shop = shopOfSuite(open);
    const limitedTo = (limits: PromotionLimits) => givenPromotion(shop(), { limits });
    const redeem = (order: OrderId, uses: readonly PromotionUse[], who: Redeemer = aGuest()) =>
      redeemIn(shop(), order, uses, who);
    const giveBack = (order: OrderId) =>
      shop().pricing.run(SHOP, ({ uses }) => uses.giveBack(order, later));
    const usesOf = async (promotion: Promotion, customer: Redeemer = aGuest()) => {
      const run = shop().pricing.run(SHOP, ({ uses }) =>
        uses.usesOf([promotion.state.id], customer),
      );
      const [counted] = (await run)._unsafeUnwrap();
      await expectCartsToBeTold(shop(), promotion, counted?.total);
      return [counted?.total, counted?.byCustomer];
    };

    it('are none before the first order, and count order by order', async () => {
      const promotion = await givenPromotion(shop());
      const buyer = aGuest();
      expect(await usesOf(promotion)).toEqual([0, 0]);
      expect(await redeem(newOrder(), [useOf(promotion)], buyer)).toEqual(ok());
      expect(await redeem(newOrder(), [useOf(promotion)])).toEqual(ok());
      expect(await redeem(newOrder(), [])).toEqual(ok());
      expect(await usesOf(promotion, buyer)).toEqual([2, 1]);
    });

    it('count once for an order, however often it is placed, even where the limit is reached by it', async () => {
      const promotion = await limitedTo({ total: 1, perCustomer: 1 });
      const coupon = await givenCoupon(shop(), promotion, { singleUse: true });
      const [order, buyer] = [newOrder(), aGuest()];
      for (let attempt = 0; attempt < 3; attempt += 1)
        expect(await redeem(order, [useOf(promotion, coupon)], buyer)).toEqual(ok());
      expect(await usesOf(promotion, buyer)).toEqual([1, 1]);
    });

    it('end at the limit of all, and at that of a customer', async () => {
      const promotion = await limitedTo({ total: 3, perCustomer: 2 });
      const buyer = aGuest();
      const once = (who: Redeemer) => redeem(newOrder(), [useOf(promotion)], who);
      expect([await once(buyer), await once(buyer)]).toEqual([ok(), ok()]);
      expect(await once(buyer)).toEqual(reached(promotion, 'per_customer'));
      expect(await once(aGuest())).toEqual(ok());
      expect(await once(aGuest())).toEqual(reached(promotion, 'total'));
      expect(await usesOf(promotion, buyer)).toEqual([3, 2]);
    });

    it('know a customer by the account and by the address', async () => {
      const promotion = await limitedTo({ perCustomer: 1 });
      const id = await givenCustomer(shop());
      const { email } = aGuest();
      const once = (who: Redeemer) => redeem(newOrder(), [useOf(promotion)], who);
      expect(await once({ id, email })).toEqual(ok());
      const refused = reached(promotion, 'per_customer');
      expect(await once({ id, email: null })).toEqual(refused);
      expect(await once({ id: null, email })).toEqual(refused);
      expect(await once({ id: await givenCustomer(shop()), email })).toEqual(refused);
      expect(await once({ id: await givenCustomer(shop()), email: null })).toEqual(ok());
    });

    it('are all counted, or none', async () => {
      const plenty = await givenPromotion(shop());
      const scarce = await limitedTo({ total: 1 });
      const both = [useOf(scarce), useOf(plenty)];
      expect(await redeem(newOrder(), both)).toEqual(ok());
      expect(await redeem(newOrder(), both)).toEqual(reached(scarce, 'total'));
      expect(await usesOf(plenty)).toEqual([1, 0]);
    });

    it('are one for a coupon that is for one use, whatever its promotion allows', async () => {
      const promotion = await limitedTo({ total: 100 });
      const coupon = await givenCoupon(shop(), promotion, { singleUse: true });
      const many = await givenCoupon(shop(), promotion);
      expect(await redeem(newOrder(), [useOf(promotion, coupon)])).toEqual(ok());
      expect(await redeem(newOrder(), [useOf(promotion, coupon)])).toEqual(
        reached(promotion, 'single_use'),
      );
      for (let use = 0; use < 2; use += 1)
        expect(await redeem(newOrder(), [useOf(promotion, many)])).toEqual(ok());
      expect(await usesOf(promotion)).toEqual([3, 0]);
    });

    it('are given back once, and may be used by others', async () => {
      const promotion = await limitedTo({ total: 1 });
      const coupon = await givenCoupon(shop(), promotion, { singleUse: true });
      const order = newOrder();
      expect(await redeem(order, [useOf(promotion, coupon)])).toEqual(ok());
      expect(await giveBack(order)).toEqual(ok());
      expect(await usesOf(promotion)).toEqual([0, 0]);
      expect(await redeem(newOrder(), [useOf(promotion, coupon)])).toEqual(ok());
      expect(await giveBack(order)).toEqual(ok());
      expect(await giveBack(newOrder())).toEqual(ok());
      expect(await usesOf(promotion)).toEqual([1, 0]);
      expect(await redeem(order, [useOf(promotion, coupon)])).toEqual(ok());
      expect(await usesOf(promotion)).toEqual([1, 0]);
    });

    it('stay with a promotion that keeps them', async () => {
      const keeping = await givenPromotion(shop(), { givesUsesBack: false });
      const giving = await givenPromotion(shop());
      const order = newOrder();
      expect(await redeem(order, [useOf(keeping), useOf(giving)])).toEqual(ok());
      expect(await giveBack(order)).toEqual(ok());
      expect([await usesOf(keeping), await usesOf(giving)]).toEqual([
        [1, 0],
        [0, 0],
      ]);
    });

    it('are held against the limit of now, and not of when the promotion was made', async () => {
      const promotion = await limitedTo({ total: 1 });
      const change = (limits: PromotionLimits | null) =>
        shop().pricing.run(SHOP, ({ promotions }) =>
          promotions
            .find(promotion.state.id)
            .andThen((found) => found.revise({ limits }, later))
            .andThen((revised) => promotions.save(revised)),
        );
      const once = () => redeem(newOrder(), [useOf(promotion)]);
      expect([await once(), (await once()).isErr()]).toEqual([ok(), true]);
      expect((await change({ total: 2 })).isOk()).toBe(true);
      expect([await once(), (await once()).isErr()]).toEqual([ok(), true]);
      expect((await change(null)).isOk()).toBe(true);
      expect(await once()).toEqual(ok());
      expect((await change({ total: 3 })).isOk()).toBe(true);
      expect(await once()).toEqual(reached(promotion, 'total'));
      expect(await usesOf(promotion)).toEqual([3, 0]);
    });

    it('never go above a limit when thirty want five at once', async () => {
      const promotion = await limitedTo({ total: 5, perCustomer: 1 });
      const runs = await times(30, () => redeem(newOrder(), [useOf(promotion)]));
      expect(runs.filter((run) => run.isOk())).toHaveLength(5);
      expect(await usesOf(promotion)).toEqual([5, 0]);
    });

    it('never go above the limit of a customer who orders on ten screens at once', async () => {
      const promotion = await limitedTo({ perCustomer: 2 });
      const customer = { id: await givenCustomer(shop()), email: null };
      const runs = await times(10, () => redeem(newOrder(), [useOf(promotion)], customer));
      expect(runs.filter((run) => run.isOk())).toHaveLength(2);
      expect(await usesOf(promotion, customer)).toEqual([2, 2]);
    });

    it('give a coupon for one use to one of ten who present it at once', async () => {
      const promotion = await givenPromotion(shop());
      const coupon = await givenCoupon(shop(), promotion, { singleUse: true });
      const runs = await times(10, () => redeem(newOrder(), [useOf(promotion, coupon)]));
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    });

    it('of several promotions go to one or the other, in whatever order they are named', async () => {
      const [a, b] = [await limitedTo({ total: 5 }), await limitedTo({ total: 5 })];
      const runs = await times(20, (index) => {
        const both = [useOf(a), useOf(b)];
        return redeem(newOrder(), index % 2 === 0 ? both : both.toReversed());
      });
      expect(runs.filter((run) => run.isOk())).toHaveLength(5);
      expect([await usesOf(a), await usesOf(b)]).toEqual([
        [5, 0],
        [5, 0],
      ]);
    });

    it('count once when the same order is placed ten times at once', async () => {
      const [limited, boundless] = [await limitedTo({ total: 5 }), await givenPromotion(shop())];
      const order = newOrder();
      const runs = await times(10, () => redeem(order, [useOf(limited), useOf(boundless)]));
      expect(runs.every((run) => run.isOk())).toBe(true);
      expect([await usesOf(limited), await usesOf(boundless)]).toEqual([
        [1, 0],
        [1, 0],
      ]);
    });

    it('keep the laws of coupon use, in any order of placing, repeating, racing and cancelling', async () => {
      const report = await laws.couponUse((limits) => countedUses(shop(), limits), { runs: 50 });
      expect(report.runs).toBe(50);
    }, 60_000);

    it('are forgotten when the transaction fails', async () => {
      const promotion = await limitedTo({ total: 1 });
      const run = await shop().pricing.run(SHOP, ({ uses }) =>
        uses
          .redeem(newOrder(), [useOf(promotion)], aGuest(), later)
          .andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run.isErr()).toBe(true);
      expect(await usesOf(promotion)).toEqual([0, 0]);
    });
  });
}

/** What a cart is priced with agrees with what was counted, wherever a limit of all uses asks for it. */
async function expectCartsToBeTold(
  shop: ShopPorts,
  { state }: Promotion,
  total: number | undefined,
): Promise<void> {
  const nobody = { id: null, email: null };
  const query = { at: later, codes: [], customer: nobody };
  const { promotions, uses } = await shop.promotionsInForce.forCart(query);
  const terms = promotions.find(({ id }) => id === state.id);
  if (terms?.limits.total === undefined) return;
  expect(uses.find(({ promotionId }) => promotionId === state.id)?.total).toBe(total);
}
