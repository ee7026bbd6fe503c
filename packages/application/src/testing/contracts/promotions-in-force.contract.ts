import { describe, expect, it } from 'vitest';

import type { Instant, OrderId } from '@kastoma/domain/core';
import type { CouponCode } from '@kastoma/domain/pricing';

import type { Redeemer } from '../../pricing/promotion-uses.port.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { SHOP } from '../contexts.ts';
import { givenCoupon, givenPromotion, redeemIn, useOf } from '../promoted-shop.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const NOBODY: Redeemer = { id: null, email: null };
const at = (milliseconds: number) => (BUILT_AT + milliseconds) as Instant;

export function promotionsInForceContract(open: OpenShop): void {
  describe('the promotions in force', () => {
    const shop = shopOfSuite(open);
    const forCart = (
      codes: readonly string[] = [],
      { now = 0, customer = NOBODY }: { now?: number; customer?: Redeemer } = {},
    ) => shop().promotionsInForce.forCart({ at: at(now), codes: codes as CouponCode[], customer });
    const inForce = async (now: number) =>
      (await forCart([], { now })).promotions.map(({ name }) => name);

    it('are none where nothing was made, whatever code is presented', async () => {
      expect(await forCart(['NOTHING'])).toEqual({
        promotions: [],
        coupons: [],
        uses: [],
        buyer: { groups: [], isFirstOrder: true },
      });
    });

    it('are automatic, switched on, and within their window, to the millisecond', async () => {
      const window = { startsAt: at(-1), endsAt: at(1) };
      await givenPromotion(shop(), { name: 'Always' });
      await givenPromotion(shop(), { name: 'Within', ...window });
      await givenPromotion(shop(), { name: 'Off', isActive: false });
      await givenPromotion(shop(), { name: 'By code', automatic: false });
      expect(await inForce(-2)).toEqual(['Always']);
      expect(await inForce(-1)).toEqual(['Always', 'Within']);
      expect(await inForce(0)).toEqual(['Always', 'Within']);
      expect(await inForce(1)).toEqual(['Always']);
    });

    it('hold those that codes present, whatever their state, and nothing for an unknown code', async () => {
      const expired = await givenPromotion(shop(), { automatic: false, endsAt: at(-1) });
      const off = await givenPromotion(shop(), { automatic: false, isActive: false });
      const one = await givenCoupon(shop(), expired);
      const two = await givenCoupon(shop(), off);
      const codes = [two, one].map(({ state }) => state.code);
      const { promotions, coupons } = await forCart([...codes, 'UNKNOWN']);
      expect(promotions).toEqual(expect.arrayContaining([expired.state.terms, off.state.terms]));
      expect(coupons).toEqual(
        [one, two].map(({ state: { id, code, promotionId } }) => ({
          id,
          code,
          promotionId,
          usesLeft: undefined,
        })),
      );
    });

    it('show the promotion of a coupon that is switched off as switched off, unless another code presents it', async () => {
      const promotion = await givenPromotion(shop(), { automatic: false });
      const off = await givenCoupon(shop(), promotion, { active: false });
      const on = await givenCoupon(shop(), promotion);
      const { id } = promotion.state;
      const shown = async (...codes: readonly string[]) => {
        const { promotions, coupons } = await forCart(codes);
        const terms = promotions.find((candidate) => candidate.id === id);
        return [terms?.isActive, coupons.map(({ code }) => code)];
      };
      expect(await shown(off.state.code)).toEqual([false, [off.state.code]]);
      expect(await shown(on.state.code)).toEqual([true, [on.state.code]]);
      expect(await shown(off.state.code, on.state.code)).toEqual([true, [on.state.code]]);
    });

    it('say how often a coupon for one use may still be used', async () => {
      const promotion = await givenPromotion(shop(), { automatic: false });
      const coupon = await givenCoupon(shop(), promotion, { singleUse: true });
      const left = async () => (await forCart([coupon.state.code])).coupons[0]?.usesLeft;
      expect(await left()).toBe(1);
      const order = builderIds.next<OrderId>();
      const guest = { id: null, email: 'one@people.example' };
      expect((await redeemIn(shop(), order, [useOf(promotion, coupon)], guest)).isOk()).toBe(true);
      expect(await left()).toBe(0);
      const given = shop().pricing.run(SHOP, ({ uses }) => uses.giveBack(order, at(1)));
      expect((await given).isOk()).toBe(true);
      expect(await left()).toBe(1);
    });

    it('are those of its new version as soon as a promotion was changed', async () => {
      const promotion = await givenPromotion(shop(), { name: 'Once', automatic: true });
      const { id } = promotion.state;
      const named = async () => (await forCart()).promotions.find((terms) => terms.id === id)?.name;
      expect(await named()).toBe('Once');
      expect(await named()).toBe('Once');
      const revised = shop().pricing.run(SHOP, ({ promotions }) =>
        promotions
          .find(id)
          .andThen((found) => found.revise({ name: 'Twice' }, at(0)))
          .andThen((changed) => promotions.save(changed)),
      );
      expect((await revised).isOk()).toBe(true);
      expect(await named()).toBe('Twice');
    });

    it('of many carts of the past are those of their moments and codes, as if nothing were used', async () => {
      const week = { startsAt: at(-10), endsAt: at(10) };
      await givenPromotion(shop(), { name: 'Past week', ...week, limits: { total: 1 } });
      const promotion = await givenPromotion(shop(), { name: 'By past code', automatic: false });
      const coupon = await givenCoupon(shop(), promotion, { singleUse: true });
      const order = builderIds.next<OrderId>();
      const guest = { id: null, email: 'past@people.example' };
      expect((await redeemIn(shop(), order, [useOf(promotion, coupon)], guest)).isOk()).toBe(true);
      const codes = [coupon.state.code, 'UNKNOWN'] as CouponCode[];
      const past = await shop().promotionsInForce.forPastCarts([
        { at: at(-11), codes: [] },
        { at: at(9), codes },
        { at: at(10), codes },
      ]);
      const meant = (name: string) => ['Past week', 'By past code'].includes(name);
      expect(
        past.map(({ promotions, coupons, uses }) => [
          promotions.map(({ name }) => name).filter(meant),
          coupons.map(({ code, usesLeft }) => [code, usesLeft]),
          uses,
        ]),
      ).toEqual([
        [[], [], []],
        [['Past week', 'By past code'], [[coupon.state.code, undefined]], []],
        [['By past code'], [[coupon.state.code, undefined]], []],
      ]);
      expect(await shop().promotionsInForce.forPastCarts([])).toEqual([]);
    });

    it('come with what their limits must be held against, and for whom', async () => {
      const limits = [
        { total: 9 },
        { perCustomer: 9 },
        { total: 9, perCustomer: 9 },
        { maximumRepeats: 9 },
      ];
      const customer = { id: await givenCustomer(shop()), email: 'two@people.example' };
      const guest = { id: null, email: 'three@people.example' };
      const promotions = [];
      for (const limit of limits) promotions.push(await givenPromotion(shop(), { limits: limit }));
      const uses = promotions.map((promotion) => useOf(promotion));
      for (const somebody of [customer, guest, guest])
        expect((await redeemIn(shop(), builderIds.next(), uses, somebody)).isOk()).toBe(true);
      const ids = promotions.map(({ state }) => state.id);
      const counted = async (redeemer: Redeemer) =>
        (await forCart([], { customer: redeemer })).uses
          .filter(({ promotionId }) => (ids as string[]).includes(promotionId))
          .map(({ total, byCustomer }) => [total, byCustomer]);
      expect(await counted(guest)).toEqual([
        [3, 0],
        [0, 2],
        [3, 2],
      ]);
      expect(await counted({ id: customer.id, email: null })).toEqual([
        [3, 0],
        [0, 1],
        [3, 1],
      ]);
      expect(await counted(NOBODY)).toEqual([
        [3, 0],
        [0, 0],
        [3, 0],
      ]);
    });
  });
}
