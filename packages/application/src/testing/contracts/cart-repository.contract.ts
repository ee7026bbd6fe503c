import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { CartId, CartItemId, OrderId, Quantity, UserId } from '@kastoma/domain/core';
import type { Cart } from '@kastoma/domain/ordering';

import { anAddress } from '../builders/address.builder.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { aCart, withItem } from '../builders/cart.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCart, givenCustomer, givenVariant } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const later = (BUILT_AT + 60_000) as Cart['state']['updatedAt'];
const conflict = err({ code: 'core.concurrent_update' });

export function cartRepositoryContract(open: OpenShop): void {
  describe('a cart repository', () => {
    const shop = shopOfSuite(open);
    const save = (cart: Cart) => shop().ordering.run(SHOP, ({ carts }) => carts.save(cart));
    const findActive = async (customerId: UserId) =>
      (await shop().carts.findActive(customerId))._unsafeUnwrap();

    it('knows no cart of somebody who put nothing in', async () => {
      const customerId = await givenCustomer(shop());
      expect(await findActive(customerId)).toBeNull();
      const held = shop().ordering.run(SHOP, ({ carts }) => carts.findActive(customerId));
      expect(await held).toEqual(ok(null));
    });

    it('gives back what was saved, in the order in which it was put in', async () => {
      const customerId = await givenCustomer(shop());
      const wanted = await times(3, async (index) => ({
        ...(await givenVariant(shop())),
        quantity: 3 - index,
      }));
      const cart = aCart(customerId, wanted);
      const saved = (await save(cart))._unsafeUnwrap();
      expect([saved.state, saved.version]).toEqual([cart.state, 1]);
      const found = await findActive(customerId);
      expect([found?.state, found?.version]).toEqual([cart.state, 1]);
      expect(await findActive(await givenCustomer(shop()))).toBeNull();
    });

    it('keeps where it is shipped to, and another place in its stead', async () => {
      const customerId = await givenCustomer(shop());
      const home = anAddress({ line2: undefined, region: undefined, phone: undefined });
      const first = (await save(aCart(customerId).shipTo(home, later)))._unsafeUnwrap();
      expect((await findActive(customerId))?.state.shippingAddress).toEqual(home);
      const away = anAddress({ country: 'GB' });
      const second = (await save(first.shipTo(away, later)))._unsafeUnwrap();
      expect((await findActive(customerId))?.state.shippingAddress).toEqual(away);
      expect((await save(second.clear(later))).isOk()).toBe(true);
      expect((await findActive(customerId))?.state.shippingAddress).toBeNull();
    });

    it('finds an active cart by its id as well, whoever has it', async () => {
      const item = { ...(await givenVariant(shop())), quantity: 1 };
      const cart = await givenCart(shop(), await givenCustomer(shop()), [item]);
      await givenCart(shop(), await givenCustomer(shop()), [item]);
      const find = async () => (await shop().carts.find(cart.state.id))._unsafeUnwrap();
      expect([(await find())?.state, (await find())?.version]).toEqual([cart.state, 1]);
      const ordered = cart.checkOut(builderIds.next<OrderId>(), later)._unsafeUnwrap();
      expect((await save(ordered)).isOk()).toBe(true);
      expect(await find()).toBeNull();
    });

    it('keeps a guest’s cart, which is found by its id and is no customer’s', async () => {
      const item = { ...(await givenVariant(shop())), quantity: 2 };
      const opened = aCart(null, [item]).chooseShipping('express', later);
      const cart = (await save(opened))._unsafeUnwrap();
      const other = (await save(aCart(null, [item])))._unsafeUnwrap();
      const theirs = await givenCart(shop(), await givenCustomer(shop()), [item]);
      const find = async (id: CartId) => (await shop().carts.findOfGuest(id))._unsafeUnwrap();
      const hold = (id: CartId) => shop().ordering.run(SHOP, ({ carts }) => carts.findOfGuest(id));
      expect([(await find(cart.state.id))?.state, cart.version]).toEqual([opened.state, 1]);
      expect((await hold(cart.state.id))._unsafeUnwrap()?.state).toEqual(opened.state);
      expect((await find(other.state.id))?.state.id).toBe(other.state.id);
      expect(await find(theirs.state.id)).toBeNull();
      expect(await hold(theirs.state.id)).toEqual(ok(null));
    });

    it('finds no guest’s cart any more that was handed over, and lets its lines go with their ids', async () => {
      const customerId = await givenCustomer(shop());
      const item = { ...(await givenVariant(shop())), quantity: 2 };
      const guest = (await save(aCart(null, [item])))._unsafeUnwrap();
      const theirs = aCart(customerId).takeOver(guest.state, later);
      const run = await shop().ordering.run(SHOP, ({ carts }) =>
        carts.save(guest.handOver(theirs.state.id, later)).andThen(() => carts.save(theirs)),
      );
      expect(run.isOk()).toBe(true);
      expect(await shop().carts.findOfGuest(guest.state.id)).toEqual(ok(null));
      const found = await findActive(customerId);
      expect(found?.state.items).toEqual(guest.state.items);
      expect(await save(guest.clear(later))).toEqual(conflict);
    });

    it('saves longer, shorter, gone and new lines under the next version', async () => {
      const customerId = await givenCustomer(shop());
      const [first, second, third] = [
        await givenVariant(shop()),
        await givenVariant(shop()),
        await givenVariant(shop()),
      ];
      const cart = await givenCart(shop(), customerId, [
        { ...first, quantity: 1 },
        { ...second, quantity: 2 },
      ]);
      const [one, two] = cart.state.items.map(({ id }) => id) as [CartItemId, CartItemId];
      const changed = withItem(
        cart
          .changeQuantity(two, 9_999 as Quantity, later)
          .andThen((next) => next.removeItem(one, later))
          ._unsafeUnwrap()
          .chooseShipping('express', later),
        { ...third, quantity: 3 },
      );
      const saved = (await save(changed))._unsafeUnwrap();
      expect([saved.state, saved.version]).toEqual([changed.state, 2]);
      const found = await findActive(customerId);
      expect(found?.state).toEqual(changed.state);
      expect(found?.state.items.map(({ quantity }) => quantity)).toEqual([9_999, 3]);
    });

    it('saves a line that was taken out and put in again, now last', async () => {
      const customerId = await givenCustomer(shop());
      const [first, second] = [await givenVariant(shop()), await givenVariant(shop())];
      const cart = await givenCart(shop(), customerId, [
        { ...first, quantity: 1 },
        { ...second, quantity: 2 },
      ]);
      const [one] = cart.state.items.map(({ id }) => id) as [CartItemId];
      const without = cart.removeItem(one, later)._unsafeUnwrap();
      const again = withItem(without, { ...first, quantity: 7 });
      expect((await save(again)).isOk()).toBe(true);
      expect((await findActive(customerId))?.state.items).toEqual(again.state.items);
    });

    it('saves the codes that were presented, in their order', async () => {
      const customerId = await givenCustomer(shop());
      const codesOf = async () => (await findActive(customerId))?.state.couponCodes;
      const opened = aCart(customerId).applyCoupon('TEA', later)._unsafeUnwrap();
      const saved = (await save(opened))._unsafeUnwrap();
      expect(await codesOf()).toEqual(['TEA']);
      const more = saved.applyCoupon('A.B_C-1', later)._unsafeUnwrap();
      const again = (await save(more))._unsafeUnwrap();
      expect(await codesOf()).toEqual(['TEA', 'A.B_C-1']);
      expect((await save(again.removeCoupon('TEA', later)._unsafeUnwrap())).isOk()).toBe(true);
      expect(await codesOf()).toEqual(['A.B_C-1']);
    });

    it('saves a cart from which everything was taken out', async () => {
      const customerId = await givenCustomer(shop());
      const cart = await givenCart(shop(), customerId, [
        { ...(await givenVariant(shop())), quantity: 1 },
      ]);
      expect((await save(cart.clear(later))).isOk()).toBe(true);
      expect((await findActive(customerId))?.state).toMatchObject({ items: [] });
    });

    it('refuses to save over what somebody else saved in between', async () => {
      const customerId = await givenCustomer(shop());
      const item = { ...(await givenVariant(shop())), quantity: 1 };
      const cart = await givenCart(shop(), customerId, [item]);
      expect((await save(withItem(cart, item))).isOk()).toBe(true);
      expect(await save(cart.clear(later))).toEqual(conflict);
      const found = await findActive(customerId);
      expect(found?.state.items.map(({ quantity }) => quantity)).toEqual([2]);
      expect(found?.version).toBe(2);
    });

    it('keeps one active cart of two that are opened at once', async () => {
      const customerId = await givenCustomer(shop());
      const item = { ...(await givenVariant(shop())), quantity: 1 };
      const carts = [aCart(customerId, [item]), aCart(customerId, [item])];
      const runs = await Promise.all(carts.map((cart) => save(cart)));
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
      expect(runs.filter((run) => run.isErr())).toEqual([conflict]);
      const winner = carts[runs.findIndex((run) => run.isOk())];
      expect((await findActive(customerId))?.state).toEqual(winner?.state);
    });

    it('holds the cart for whoever works on it: clicks queue up, and none is lost', async () => {
      const customerId = await givenCustomer(shop());
      const item = { ...(await givenVariant(shop())), quantity: 1 };
      await givenCart(shop(), customerId, [item]);
      let attempts = 0;
      const runs = await times(10, () =>
        shop().ordering.run(SHOP, ({ carts }) => {
          attempts += 1;
          return carts
            .findActive(customerId)
            .andThen((cart) =>
              cart === null ? err({ code: 'test.gone' }) : carts.save(withItem(cart, item)),
            );
        }),
      );
      expect(runs.every((run) => run.isOk())).toBe(true);
      expect(attempts).toBe(10);
      const found = await findActive(customerId);
      expect(found?.state.items.map(({ quantity }) => quantity)).toEqual([11]);
      expect(found?.version).toBe(11);
    });

    it('has an ordered cart belong to the past, and room for a new one', async () => {
      const customerId = await givenCustomer(shop());
      const item = { ...(await givenVariant(shop())), quantity: 1 };
      const cart = await givenCart(shop(), customerId, [item]);
      const ordered = cart.checkOut(builderIds.next<OrderId>(), later)._unsafeUnwrap();
      expect((await save(ordered)).isOk()).toBe(true);
      expect(await findActive(customerId)).toBeNull();
      expect(await save(cart.clear(later))).toEqual(conflict);

      const next = await givenCart(shop(), customerId, [item]);
      expect((await findActive(customerId))?.state.id).toBe(next.state.id);
    });

    it('has the next cart go on where the ordered ones ended', async () => {
      const customerId = await givenCustomer(shop());
      const item = { ...(await givenVariant(shop())), quantity: 1 };
      const lastVersion = async () => (await shop().carts.lastVersion(customerId))._unsafeUnwrap();
      expect(await lastVersion()).toBe(0);
      const cart = await givenCart(shop(), customerId, [item]);
      expect(await lastVersion()).toBe(0);
      const ordered = cart.checkOut(builderIds.next<OrderId>(), later)._unsafeUnwrap();
      expect((await save(ordered))._unsafeUnwrap().version).toBe(2);
      expect(await lastVersion()).toBe(2);

      const next = (await save(aCart(customerId, [item], 2)))._unsafeUnwrap();
      expect([next.version, next.isNew]).toEqual([3, false]);
      expect((await findActive(customerId))?.version).toBe(3);
      expect((await save(withItem(next, item)))._unsafeUnwrap().version).toBe(4);
      expect(await lastVersion()).toBe(2);
      const held = shop().ordering.run(SHOP, ({ carts }) => carts.lastVersion(customerId));
      expect(await held).toEqual(ok(2));
      const somebody = await givenCustomer(shop());
      expect(await shop().carts.lastVersion(somebody)).toEqual(ok(0));
    });

    it('forgets what a failed transaction saved', async () => {
      const customerId = await givenCustomer(shop());
      const item = { ...(await givenVariant(shop())), quantity: 1 };
      const cart = await givenCart(shop(), customerId, [item]);
      const run = await shop().ordering.run(SHOP, ({ carts }) =>
        carts.save(withItem(cart, item)).andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run.isErr()).toBe(true);
      expect((await findActive(customerId))?.state).toEqual(cart.state);
      expect((await findActive(customerId))?.version).toBe(1);
    });
  });
}
