import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { CouponId, Instant } from '@kastoma/domain/core';
import type { Coupon } from '@kastoma/domain/pricing';

import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { aCoupon } from '../builders/promotion.builder.ts';
import { SHOP } from '../contexts.ts';
import { givenCoupon, givenPromotion } from '../promoted-shop.ts';
import type { OpenShop } from '../shop-ports.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const later = (BUILT_AT + 60_000) as Instant;
const notFound = err({ code: 'pricing.coupon_not_found' });

export function couponRepositoryContract(open: OpenShop): void {
  describe('a coupon repository', () => {
    const shop = shopOfSuite(open);
    const find = (id: CouponId) => shop().pricing.run(SHOP, ({ coupons }) => coupons.find(id));
    const add = (coupon: Coupon) => shop().pricing.run(SHOP, ({ coupons }) => coupons.add(coupon));
    const save = (coupon: Coupon) =>
      shop().pricing.run(SHOP, ({ coupons }) => coupons.save(coupon));

    it('gives back what was stored, and tells of it', async () => {
      const coupon = await givenCoupon(shop(), await givenPromotion(shop()), {
        code: ` A.${'-_'.repeat(30)}z9\n`,
        singleUse: true,
        active: false,
      });
      const found = (await find(coupon.state.id))._unsafeUnwrap();
      expect([found.state, found.version]).toEqual([coupon.state, 1]);
      expect(await shop().eventsOf(coupon.state.id)).toEqual([
        { ...coupon.pending[0], correlationId: 'test', actor: 'system' },
      ]);
      expect(await find(builderIds.next<CouponId>())).toEqual(notFound);
    });

    it('refuses a code that another coupon has, in any case, and stores nothing', async () => {
      const promotion = await givenPromotion(shop());
      const { code } = (await givenCoupon(shop(), promotion)).state;
      const second = aCoupon(promotion.state.id, { code: ` ${code.toLowerCase()}` });
      expect(await add(second)).toEqual(
        err({ code: 'pricing.coupon_code_taken', couponCode: code }),
      );
      expect(await find(second.state.id)).toEqual(notFound);
      expect(await shop().eventsOf(second.state.id)).toEqual([]);
    });

    it('lets one of eight have a code that all of them want at once', async () => {
      const { id } = (await givenPromotion(shop())).state;
      const runs = await times(8, () => add(aCoupon(id, { code: 'WANTED-BY-ALL' })));
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    });

    it('saves a change under the next version, and not over somebody else’s', async () => {
      const { state } = await givenCoupon(shop(), await givenPromotion(shop()));
      const read = (await find(state.id))._unsafeUnwrap();
      const changes = { active: false, singleUse: true };
      expect((await save(read.revise(changes, later)._unsafeUnwrap())).isOk()).toBe(true);
      const found = (await find(state.id))._unsafeUnwrap();
      expect([found.state, found.version]).toEqual([{ ...state, ...changes }, 2]);
      expect(await save(read.delete(later)._unsafeUnwrap())).toEqual(
        err({ code: 'core.concurrent_update' }),
      );
      expect((await shop().eventsOf(state.id)).map(({ type }) => type)).toEqual([
        'pricing.coupon_created',
        'pricing.coupon_revised',
      ]);
    });

    it('forgets a deleted coupon, whose code is free again', async () => {
      const promotion = await givenPromotion(shop());
      const { state } = await givenCoupon(shop(), promotion);
      const read = (await find(state.id))._unsafeUnwrap();
      expect((await save(read.delete(later)._unsafeUnwrap())).isOk()).toBe(true);
      expect(await find(state.id)).toEqual(notFound);
      expect((await add(aCoupon(promotion.state.id, { code: state.code }))).isOk()).toBe(true);
    });

    it('forgets a coupon whose transaction failed', async () => {
      const coupon = aCoupon((await givenPromotion(shop())).state.id);
      const run = await shop().pricing.run(SHOP, ({ coupons }) =>
        coupons.add(coupon).andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run.isErr()).toBe(true);
      expect(await find(coupon.state.id)).toEqual(notFound);
    });
  });
}
