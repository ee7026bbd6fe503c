import { beforeEach, describe, expect, it } from 'vitest';

import type { Instant } from '@kastoma/domain/core';
import type { Cart } from '@kastoma/domain/ordering';

import { anAddress } from '../builders/address.builder.ts';
import { BUILT_AT } from '../builders/builder-ids.ts';
import { aCart } from '../builders/cart.builder.ts';
import { dollars } from '../builders/money.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCart, givenCustomer, givenVariant } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const DAY_MINUTES = 24 * 60;
const page = { page: 1, pageSize: 20 };

export function leftCartsContract(open: OpenShop): void {
  describe('carts that nobody comes back to', () => {
    const shop = shopOfSuite(open);
    /** Each test has a day of its own, before which nothing is left. */
    let day = 0;
    const minutes = (count: number) => (BUILT_AT + (day * DAY_MINUTES + count) * 60_000) as Instant;

    beforeEach(async () => {
      day += 1;
      await shop().leftCarts.expire(minutes(0));
      await shop().leftCarts.forget(minutes(0));
    });

    const save = async (cart: Cart) =>
      (await shop().ordering.run(SHOP, ({ carts }) => carts.save(cart)))._unsafeUnwrap();
    const left = async (from: number, until: number) =>
      shop().leftCarts.list({ from: minutes(from), until: minutes(until) }, page);

    /** A guest’s cart that was touched last in that minute. */
    async function givenGuestCart(minute: number): Promise<Cart> {
      const wanted = [
        { ...(await givenVariant(shop())), quantity: 2 },
        { ...(await givenVariant(shop())), quantity: 3 },
      ];
      return save(aCart(null, wanted).shipTo(anAddress(), minutes(minute)));
    }

    it('end when they are a guest’s and were touched last before then, and forget where they were to go', async () => {
      const [old, young] = [await givenGuestCart(1), await givenGuestCart(2)];
      const customerId = await givenCustomer(shop());
      const item = { ...(await givenVariant(shop())), quantity: 1 };
      await givenCart(shop(), customerId, [item]);
      expect(await shop().leftCarts.expire(minutes(2))).toBe(1);
      expect(await shop().leftCarts.expire(minutes(2))).toBe(0);
      const find = async ({ state }: Cart) =>
        (await shop().carts.findOfGuest(state.id))._unsafeUnwrap();
      expect([await find(old), (await find(young))?.state.id]).toEqual([null, young.state.id]);
      expect((await shop().carts.findActive(customerId))._unsafeUnwrap()).not.toBeNull();
      const late = await shop().ordering.run(SHOP, ({ carts }) =>
        carts.save(old.clear(minutes(3))),
      );
      expect(late.isErr()).toBe(true);
    });

    it('are ended once by several who end them at once', async () => {
      for (let index = 0; index < 4; index += 1) await givenGuestCart(1);
      const ended = await Promise.all(
        Array.from({ length: 4 }, () => shop().leftCarts.expire(minutes(2))),
      );
      expect(ended.reduce((sum, count) => sum + count, 0)).toBe(4);
    });

    it('are told with what was in them, the latest first, whether they have ended or not', async () => {
      const [old, young] = [await givenGuestCart(1), await givenGuestCart(2)];
      await save(aCart(null).clear(minutes(1)));
      const customerId = await givenCustomer(shop());
      const variant = await givenVariant(shop());
      const theirs = await save(
        aCart(customerId, [{ ...variant, quantity: 1 }]).chooseShipping('express', minutes(3)),
      );
      expect(await shop().leftCarts.expire(minutes(2))).toBe(2);
      const { items, count } = await left(1, 4);
      expect([count, items.map(({ cartId }) => cartId)]).toEqual([
        3,
        [theirs, young, old].map(({ state }) => state.id),
      ]);
      expect(items[0]).toMatchObject({ customerId, lines: 1, units: 1 });
      expect(items[2]).toEqual({
        cartId: old.state.id,
        customerId: null,
        currency: 'USD',
        lines: 2,
        units: 5,
        worth: dollars('50.00'),
        openedAt: BUILT_AT,
        leftAt: minutes(1),
      });
      expect((await left(2, 3)).items.map(({ cartId }) => cartId)).toEqual([young.state.id]);
    });

    it('are worth what is known of their prices', async () => {
      const cart = await givenGuestCart(1);
      const [first, second] = cart.state.items;
      if (first === undefined || second === undefined) return expect.fail('There are two lines.');
      const items = [{ ...first, priceSeen: null }, second];
      await save(cart.takeOver({ ...cart.state, items }, minutes(2)));
      expect((await left(2, 3)).items[0]?.worth).toEqual(dollars('30.00'));
    });

    it('are deleted in the end, with those that were merged, and nobody else’s', async () => {
      const [old, merged, young] = [
        await givenGuestCart(1),
        await givenGuestCart(1),
        await givenGuestCart(5),
      ];
      const theirs = await givenCart(shop(), await givenCustomer(shop()), []);
      await save(merged.handOver(theirs.state.id, minutes(2)));
      expect(await shop().leftCarts.expire(minutes(2))).toBe(1);
      expect(await shop().leftCarts.forget(minutes(1))).toBe(0);
      expect(await shop().leftCarts.forget(minutes(3))).toBe(2);
      expect((await left(0, 9)).items.map(({ cartId }) => cartId)).toEqual([young.state.id]);
      expect(await shop().leftCarts.forget(minutes(9))).toBe(0);
      expect(old.state.id).not.toBe(young.state.id);
    });
  });
}
