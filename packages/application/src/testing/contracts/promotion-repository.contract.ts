import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Country, Instant, PromotionId } from '@kastoma/domain/core';
import { promotionTermsToJson, type Promotion } from '@kastoma/domain/pricing';

import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { dollars, money, USD } from '../builders/money.builder.ts';
import { aPromotion, percent } from '../builders/promotion.builder.ts';
import { SHOP } from '../contexts.ts';
import { givenCoupon, givenPromotion } from '../promoted-shop.ts';
import type { OpenShop } from '../shop-ports.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const later = (BUILT_AT + 60_000) as Instant;
const conflict = err({ code: 'core.concurrent_update' });
const notFound = err({ code: 'pricing.promotion_not_found' });

export function promotionRepositoryContract(open: OpenShop): void {
  describe('a promotion repository', () => {
    const shop = shopOfSuite(open);
    const find = (id: PromotionId) =>
      shop().pricing.run(SHOP, ({ promotions }) => promotions.find(id));
    const save = (promotion: Promotion) =>
      shop().pricing.run(SHOP, ({ promotions }) => promotions.save(promotion));

    it('gives back every term of a promotion, and tells of it', async () => {
      const promotion = await givenPromotion(shop(), {
        name: 'Ünïcode & more',
        class: 'line',
        effects: [
          { type: 'percentage', percentage: percent('8.875'), target: { tags: ['tea', 'cup'] } },
          { type: 'fixed_amount', amount: money('100', 'JPY'), spread: 'per_unit' },
          { type: 'buy_x_get_y', buy: 2, get: 1, percentage: percent('100') },
          { type: 'shipping_discount', amount: dollars('3.00') },
          { type: 'shipping_discount', percentage: percent('50') },
          { type: 'free_shipping' },
        ],
        conditions: {
          minimumSubtotal: dollars('30.00'),
          basis: 'base',
          minimumQuantity: 3,
          productIds: ['b', 'a'],
          priceRange: { from: dollars('1.00') },
          customerGroups: ['friends'],
          firstOrder: true,
          currency: USD,
          shippingCountries: ['DE' as Country],
        },
        limits: { total: 1_000_000_000, perCustomer: 1, maximumDiscount: dollars('20.00') },
        startsAt: BUILT_AT as Instant,
        endsAt: (BUILT_AT + 1) as Instant,
        isActive: false,
        priority: -5,
        isExclusive: true,
        combinesWith: ['shipping'],
        automatic: false,
        givesUsesBack: false,
      });
      const found = (await find(promotion.state.id))._unsafeUnwrap();
      expect([found.state, found.version, found.pending]).toEqual([promotion.state, 1, []]);
      expect(await shop().eventsOf(promotion.state.id)).toEqual([
        { ...promotion.pending[0], correlationId: 'test', actor: 'system' },
      ]);
    });

    it('counts the promotions that need no code and are not deleted', async () => {
      const count = async () =>
        (
          await shop().pricing.run(SHOP, ({ promotions }) => promotions.countAutomatic())
        )._unsafeUnwrap();
      const before = await count();
      const automatic = await givenPromotion(shop());
      await givenPromotion(shop(), { automatic: false });
      expect(await count()).toBe(before + 1);
      const found = (await find(automatic.state.id))._unsafeUnwrap();
      const deleted = found.delete(later)._unsafeUnwrap();
      expect((await save(deleted)).isOk()).toBe(true);
      expect(await count()).toBe(before);
    });

    it('knows nothing of a promotion that was never made', async () => {
      expect(await find(builderIds.next<PromotionId>())).toEqual(notFound);
    });

    it('saves a change under the next version, and tells of it', async () => {
      const promotion = await givenPromotion(shop());
      const revised = promotion.revise({ name: 'Half off' }, later)._unsafeUnwrap();
      const saved = (await find(promotion.state.id))
        ._unsafeUnwrap()
        .revise({ name: 'Half off' }, later)
        ._unsafeUnwrap();
      expect((await save(saved)).isOk()).toBe(true);
      const found = (await find(promotion.state.id))._unsafeUnwrap();
      expect([found.state, found.version]).toEqual([revised.state, 2]);
      expect(await shop().eventsOf(promotion.state.id)).toMatchObject([
        { type: 'pricing.promotion_created' },
        {
          type: 'pricing.promotion_revised',
          aggregateVersion: 2,
          payload: { terms: promotionTermsToJson(revised.state.terms) },
        },
      ]);
    });

    it('refuses to save over what somebody else saved in between', async () => {
      const { state } = await givenPromotion(shop());
      const read = (await find(state.id))._unsafeUnwrap();
      const [mine, theirs] = ['Mine', 'Theirs'].map((name) =>
        read.revise({ name }, later)._unsafeUnwrap(),
      ) as [Promotion, Promotion];
      expect((await save(mine)).isOk()).toBe(true);
      expect(await save(theirs)).toEqual(conflict);
      expect((await find(state.id))._unsafeUnwrap().state.terms.name).toBe('Mine');
      expect(await save(aPromotion().takeCode(later))).toEqual(conflict);
    });

    it('holds a promotion for whoever works on it: no change of ten is lost', async () => {
      const { state } = await givenPromotion(shop());
      const runs = await times(10, (index) =>
        shop().pricing.run(SHOP, ({ promotions }) =>
          promotions
            .find(state.id)
            .andThen((promotion) => promotion.revise({ priority: index }, later))
            .andThen((promotion) => promotions.save(promotion)),
        ),
      );
      expect(runs.every((run) => run.isOk())).toBe(true);
      expect((await find(state.id))._unsafeUnwrap().version).toBe(11);
    });

    it('forgets a deleted promotion and its coupons, whose codes are free again', async () => {
      const promotion = await givenPromotion(shop());
      const other = await givenPromotion(shop());
      const coupon = await givenCoupon(shop(), promotion);
      const kept = await givenCoupon(shop(), other);
      const read = (await find(promotion.state.id))._unsafeUnwrap();
      expect((await save(read.delete(later)._unsafeUnwrap())).isOk()).toBe(true);
      expect(await find(promotion.state.id)).toEqual(notFound);
      expect((await shop().couponQueries.find(coupon.state.id)).isErr()).toBe(true);
      expect((await shop().couponQueries.find(kept.state.id)).isOk()).toBe(true);
      const { code } = coupon.state;
      expect((await givenCoupon(shop(), other, { code })).state.code).toBe(code);
      expect((await shop().eventsOf(promotion.state.id)).at(-1)).toMatchObject({
        type: 'pricing.promotion_deleted',
        aggregateVersion: 2,
      });
    });

    it('forgets a promotion whose transaction failed', async () => {
      const promotion = aPromotion();
      const run = await shop().pricing.run(SHOP, ({ promotions }) =>
        promotions.add(promotion).andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run.isErr()).toBe(true);
      expect(await find(promotion.state.id)).toEqual(notFound);
      expect(await shop().eventsOf(promotion.state.id)).toEqual([]);
    });
  });
}
