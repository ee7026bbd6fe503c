import { ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, ReturnId, SavedAddressId, UserId } from '@kastoma/domain/core';
import type { User } from '@kastoma/domain/identity';
import { Return, type Order } from '@kastoma/domain/ordering';

import { anAddress } from '../builders/address.builder.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { anOrderOf } from '../builders/order.builder.ts';
import { aSession } from '../builders/session.builder.ts';
import { aUser, emailAddress } from '../builders/user.builder.ts';
import { asCustomer, SHOP, underKey } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCart, givenUser, givenVariant } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const minutes = (count: number) => (BUILT_AT + count * 60_000) as Instant;
const ALL_ORDERS = { ordersPlacedBefore: minutes(1_000) };
const NO_ORDER = { ordersPlacedBefore: minutes(-1_000) };

export function personalDataContract(open: OpenShop): void {
  describe('what is stored of a person', () => {
    const shop = shopOfSuite(open);

    /** Somebody with an address, a session, a cart, an open order and one that is over. */
    async function givenPerson(name: string) {
      const email = emailAddress(`${name}@example.com`);
      const user = await givenUser(shop(), aUser({ email }));
      const { id } = user.state;
      const draft = {
        id: builderIds.next<SavedAddressId>(),
        address: anAddress({ name: `${name} at home` }),
        at: minutes(0),
      };
      const kept = await shop().identity.run(
        underKey(asCustomer(id), name, { scope: `user:${id} POST /things` }),
        ({ addressBooks, sessions }) =>
          addressBooks
            .find(id)
            .andThen((book) => addressBooks.save(book.add(draft)._unsafeUnwrap()))
            .andThen(() => sessions.save(aSession(id)))
            .map(() => `${name} was told`),
      );
      expect(kept.isOk()).toBe(true);
      const openOrder = await placed(id, name, 'open');
      const closedOrder = await placed(id, name, 'closed');
      await givenCart(shop(), id, [{ ...(await givenVariant(shop())), quantity: 3 }]);
      return { id, user, openOrder, closedOrder };
    }

    async function placed(id: UserId, name: string, kind: 'open' | 'closed'): Promise<Order> {
      const wanted = [{ ...(await givenVariant(shop())), quantity: 1 }];
      const cart = await givenCart(shop(), id, wanted);
      const order = anOrderOf(cart, {
        email: `${name}-${kind}@example.com`,
        notes: `${name} ${kind} notes`,
        at: minutes(1),
      });
      const { id: orderId } = order.state;
      const stored = kind === 'open' ? order : order.cancel('too late', minutes(2))._unsafeUnwrap();
      const run = await shop().ordering.run(SHOP, ({ carts, orders }) =>
        cart
          .checkOut(orderId, minutes(1))
          .asyncAndThen((ordered) => carts.save(ordered))
          .andThen(() => orders.add(stored)),
      );
      expect(run.isOk()).toBe(true);
      return stored;
    }

    async function erase({ user }: { readonly user: User }, rules = ALL_ORDERS): Promise<void> {
      const run = await shop().identity.run(SHOP, ({ users, personalData }) =>
        users
          .save(user.erase(minutes(3)))
          .andThen(() => ResultAsync.fromSafePromise(personalData.forget(user.state.id, rules))),
      );
      expect(run.isOk()).toBe(true);
    }

    const textOf = async (id: UserId) => JSON.stringify(await shop().personalData.collect(id));
    const orderOf = async ({ state }: Order) =>
      (await shop().orderQueries.find(state.id, null))._unsafeUnwrap();

    it('is shown in full to whom it is about, without hashes and without anybody else', async () => {
      const [ada, bob] = [await givenPerson('adelaide'), await givenPerson('robert')];
      const records = await shop().personalData.collect(ada.id);
      expect(
        Object.fromEntries(Object.entries(records).map(([name, rows]) => [name, rows.length])),
      ).toMatchObject({
        account: 1,
        addresses: 1,
        sessions: 1,
        carts: 3,
        orders: 2,
        kept_answers: 1,
      });
      expect(records['events']?.length).toBeGreaterThan(0);
      const text = await textOf(ada.id);
      for (const mine of [
        'adelaide@example.com',
        'adelaide at home',
        'adelaide open notes',
        'adelaide-closed@example.com',
        'adelaide was told',
        ada.openOrder.state.number,
      ])
        expect(text).toContain(mine);
      for (const hidden of ['hash of', 'robert', bob.id, bob.openOrder.state.number])
        expect(text).not.toContain(hidden);
    });

    it('holds what staff wrote about an order: internal notes are not shown, and all go when it is over', async () => {
      const gus = await givenPerson('gustave');
      const write = async (order: Order, text: string, internal: boolean) => {
        const [orderId, author] = [order.state.id, 'user:somebody who works here'];
        const note = { id: builderIds.next<string>(), orderId, author, text, internal };
        const run = await shop().ordering.run(SHOP, ({ notes }) =>
          notes.add({ ...note, at: minutes(1) }),
        );
        expect(run.isOk()).toBe(true);
      };
      await write(gus.openOrder, 'gustave rang', false);
      await write(gus.openOrder, 'gustave is difficult', true);
      await write(gus.closedOrder, 'gustave came by', false);
      const text = await textOf(gus.id);
      expect(text).toContain('gustave rang');
      expect(text).toContain('gustave came by');
      expect(text).not.toContain('gustave is difficult');
      expect(text).not.toContain('somebody who works here');
      await erase(gus, NO_ORDER);
      expect(await shop().personalData.overdue(NO_ORDER)).not.toContain(gus.id);
      const left = await textOf(gus.id);
      expect(left).toContain('gustave rang');
      expect(left).not.toContain('gustave came by');
      await write(gus.closedOrder, 'gustave asked again', true);
      expect(await shop().personalData.overdue(NO_ORDER)).toContain(gus.id);
    });

    it('is not what a customer said when an order was cancelled, once that is forgotten', async () => {
      const hal = await givenPerson('halbert');
      const { id } = hal.openOrder.state;
      const run = await shop().ordering.run(SHOP, ({ orders }) =>
        orders
          .hold(id, null)
          .andThen((held) => held.cancel('halbert is ill', minutes(2)))
          .andThen((cancelled) => orders.save(cancelled)),
      );
      expect(run.isOk()).toBe(true);
      expect((await orderOf(hal.openOrder)).cancelReason).toBe('halbert is ill');
      await erase(hal, NO_ORDER);
      expect((await orderOf(hal.openOrder)).cancelReason).toBe('');
      expect(JSON.stringify(await shop().eventsOf(id))).not.toContain('halbert');
      expect(await shop().personalData.overdue(NO_ORDER)).not.toContain(hal.id);
    });

    it('forgets why somebody sent something back', async () => {
      const { id, user, openOrder } = await givenPerson('rosalind');
      const { id: orderId, items } = openOrder.state;
      const announced = Return.request(
        {
          id: builderIds.next<ReturnId>(),
          orderId,
          lines: items.map(({ id: itemId }) => ({ itemId, quantity: 1 })),
          reason: 'It is for my knee',
          at: minutes(2),
        },
        new Map(items.map(({ id: itemId }) => [itemId, 1])),
      )._unsafeUnwrap();
      const added = await shop().ordering.run(SHOP, ({ returns }) => returns.add(announced));
      expect(added.isOk()).toBe(true);
      expect(await textOf(id)).toContain('It is for my knee');
      await erase({ user });
      expect(await textOf(id)).not.toContain('knee');
      const kept = await shop().returnQueries.ofOrder(orderId, null);
      expect(kept._unsafeUnwrap()).toMatchObject([{ reason: '', version: 2 }]);
    });

    it('leaves the books and an order that is on its way when it is forgotten, and nothing else', async () => {
      const [eve, dan] = [await givenPerson('evelyn'), await givenPerson('daniel')];
      const before = await textOf(dan.id);
      await erase(eve);
      const text = await textOf(eve.id);
      for (const gone of [
        'evelyn@example.com',
        'evelyn at home',
        'evelyn was told',
        'evelyn closed notes',
        'evelyn-closed',
      ])
        expect(text).not.toContain(gone);
      const records = await shop().personalData.collect(eve.id);
      expect([records['addresses'], records['sessions'], records['kept_answers']]).toEqual([
        [],
        [],
        [],
      ]);
      expect(records['carts']).toHaveLength(2);

      expect(await orderOf(eve.openOrder)).toMatchObject({
        email: 'evelyn-open@example.com',
        notes: 'evelyn open notes',
        shippingAddress: eve.openOrder.state.shippingAddress,
      });
      const closed = await orderOf(eve.closedOrder);
      const { country, region } = eve.closedOrder.state.shippingAddress;
      expect(closed).toMatchObject({
        email: null,
        notes: '',
        number: eve.closedOrder.state.number,
        items: eve.closedOrder.state.items,
        totals: eve.closedOrder.state.totals,
        shippingAddress: {
          name: 'Erased',
          line1: '-',
          line2: null,
          city: '-',
          postalCode: '-',
          phone: null,
          country,
          region,
        },
        billingAddress: { name: 'Erased', line1: '-', line2: null, country },
        version: eve.closedOrder.version + 1,
      });
      expect(await textOf(dan.id)).toBe(before);
    });

    it('keeps name and address on orders that are over for as long as the shop says', async () => {
      const fay = await givenPerson('fay');
      await erase(fay, NO_ORDER);
      const kept = await orderOf(fay.closedOrder);
      expect(kept.shippingAddress).toEqual(fay.closedOrder.state.shippingAddress);
      expect([kept.email, kept.notes]).toEqual([null, '']);
      expect(await shop().personalData.overdue(NO_ORDER)).not.toContain(fay.id);
      expect(await shop().personalData.overdue(ALL_ORDERS)).toContain(fay.id);

      await shop().personalData.forget(fay.id, ALL_ORDERS);
      expect((await orderOf(fay.closedOrder)).shippingAddress.name).toBe('Erased');
      expect(await shop().personalData.overdue(ALL_ORDERS)).not.toContain(fay.id);
      const { version } = await orderOf(fay.closedOrder);
      await shop().personalData.forget(fay.id, ALL_ORDERS);
      expect((await orderOf(fay.closedOrder)).version).toBe(version);
    });

    it('is overdue where somebody put a cart together while being erased', async () => {
      const gus = await givenPerson('gustav');
      await erase(gus);
      expect(await shop().personalData.overdue(ALL_ORDERS)).not.toContain(gus.id);
      await givenCart(shop(), gus.id, [{ ...(await givenVariant(shop())), quantity: 1 }]);
      expect(await shop().personalData.overdue(ALL_ORDERS)).toContain(gus.id);
      await shop().personalData.forget(gus.id, ALL_ORDERS);
      expect(await shop().personalData.overdue(ALL_ORDERS)).not.toContain(gus.id);
    });
  });
}
