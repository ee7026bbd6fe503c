import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { CouponId, Instant, OrderId } from '@kastoma/domain/core';

import type { CouponFilter } from '../../pricing/coupon-queries.port.ts';
import { viewCoupon } from '../../pricing/promotion-view.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { dollars } from '../builders/money.builder.ts';
import { SHOP } from '../contexts.ts';
import { givenCoupon, givenPromotion, redeemIn, useOf } from '../promoted-shop.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer, givenOrder } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const at = (minutes: number) => (BUILT_AT + minutes * 60_000) as Instant;
const notFound = err({ code: 'pricing.coupon_not_found' });

export function couponQueriesContract(open: OpenShop): void {
  describe('the coupons as they are shown', () => {
    const shop = shopOfSuite(open);
    const codesOf = async (filter: Partial<CouponFilter>, page = 1, pageSize = 10) => {
      const everything = { active: null, promotionId: null, search: null };
      const list = await shop().couponQueries.list(
        { ...everything, ...filter },
        { page, pageSize },
      );
      return [list.items.map(({ code }) => code), list.count];
    };

    it('are none at first, and found by nobody', async () => {
      expect(await codesOf({})).toEqual([[], 0]);
      const nobodys = builderIds.next<CouponId>();
      expect(await shop().couponQueries.find(nobodys)).toEqual(notFound);
      expect(await shop().couponQueries.usages(nobodys, { page: 1, pageSize: 1 })).toEqual(
        notFound,
      );
    });

    it('come with their promotion, the latest first, by what is asked for', async () => {
      const tea = await givenPromotion(shop(), { name: 'Tea time', automatic: false });
      const cups = await givenPromotion(shop(), { name: 'Cups', automatic: false });
      const first = await givenCoupon(shop(), tea, { code: 'FIRST', at: at(1) });
      await givenCoupon(shop(), tea, { code: 'SECOND', active: false, at: at(2) });
      await givenCoupon(shop(), cups, { code: 'TEACUP', at: at(3) });
      expect(await codesOf({})).toEqual([['TEACUP', 'SECOND', 'FIRST'], 3]);
      expect(await codesOf({}, 2, 2)).toEqual([['FIRST'], 3]);
      expect(await codesOf({ search: 'tea' })).toEqual([['TEACUP', 'SECOND', 'FIRST'], 3]);
      expect(await codesOf({ search: 'irs' })).toEqual([['FIRST'], 1]);
      expect(await codesOf({ search: '%' })).toEqual([[], 0]);
      expect(await codesOf({ active: false })).toEqual([['SECOND'], 1]);
      expect(await codesOf({ promotionId: tea.state.id, active: true })).toEqual([['FIRST'], 1]);
      expect(await shop().couponQueries.find(first.state.id)).toEqual(ok(viewCoupon(first, tea)));
    });

    it('are read within the transaction that changed them', async () => {
      const promotion = await givenPromotion(shop());
      const { id } = (await givenCoupon(shop(), promotion)).state;
      const view = shop().pricing.run(SHOP, ({ coupons, couponQueries }) =>
        coupons
          .find(id)
          .andThen((coupon) => coupon.revise({ active: false }, at(1)))
          .andThen((coupon) => coupons.save(coupon))
          .andThen(() => couponQueries.find(id)),
      );
      expect((await view)._unsafeUnwrap()).toMatchObject({ active: false, version: 2 });
    });

    it('know the orders that they were used on, the latest first, also when they are deleted', async () => {
      const promotion = await givenPromotion(shop(), { automatic: false });
      const coupon = await givenCoupon(shop(), promotion);
      const other = await givenCoupon(shop(), promotion);
      const customerId = await givenCustomer(shop());
      const orders = [
        await givenOrder(shop(), customerId),
        await givenOrder(shop(), customerId),
        await givenOrder(shop(), customerId),
      ].map(({ state }) => state);
      const [early, late, others] = orders.map(({ id }) => id) as [OrderId, OrderId, OrderId];
      const buyer = { id: customerId, email: 'ada@people.example' };
      const guest = { id: null, email: 'guest@people.example' };
      const done = [
        await redeemIn(shop(), early, [useOf(promotion, coupon)], buyer, at(1)),
        await redeemIn(shop(), late, [useOf(promotion, coupon)], guest, at(2)),
        await redeemIn(shop(), others, [useOf(promotion, other)], buyer, at(3)),
        await shop().pricing.run(SHOP, ({ uses }) => uses.giveBack(early, at(4))),
      ];
      expect(done.every((run) => run.isOk())).toBe(true);
      const deleted = shop().pricing.run(SHOP, ({ coupons }) =>
        coupons
          .find(coupon.state.id)
          .andThen((found) => found.delete(at(5)))
          .andThen((found) => coupons.save(found)),
      );
      expect((await deleted).isOk()).toBe(true);

      const usages = (page: number, pageSize: number) =>
        shop().couponQueries.usages(coupon.state.id, { page, pageSize });
      const used = { amount: dollars('1.00'), givenBackAt: null };
      const numberOf = (id: OrderId) => orders.find((order) => order.id === id)?.number;
      const latest = {
        ...used,
        orderId: late,
        orderNumber: numberOf(late),
        customerId: null,
        email: guest.email,
        usedAt: at(2),
      };
      const oldest = {
        ...used,
        orderId: early,
        orderNumber: numberOf(early),
        customerId,
        email: buyer.email,
        usedAt: at(1),
        givenBackAt: at(4),
      };
      expect((await usages(1, 10))._unsafeUnwrap()).toEqual({
        items: [latest, oldest],
        count: 2,
        countIsExact: true,
      });
      expect((await usages(2, 1))._unsafeUnwrap().items).toEqual([oldest]);
    });
  });
}
