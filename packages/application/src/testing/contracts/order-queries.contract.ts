import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Currency, Instant, OrderId, UserId } from '@kastoma/domain/core';
import type { EmailAddress } from '@kastoma/domain/identity';
import type { Order, OrderNumber } from '@kastoma/domain/ordering';

import { presentPayment } from '../../ordering/acl/presented-payment.ts';
import { EVERY_ORDER, ORDER_ORDERINGS, type OrderFilter } from '../../ordering/order-filter.ts';
import type { OrderPlace } from '../../ordering/order-place.ts';
import { viewOrder } from '../../ordering/order-view.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { anOrderOf } from '../builders/order.builder.ts';
import { aPayment } from '../builders/payment.builder.ts';
import { aUser } from '../builders/user.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCart, givenCustomer, givenOrder, givenUser, givenVariant } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function orderQueriesContract(open: OpenShop): void {
  describe('queries on orders', () => {
    const shop = shopOfSuite(open);
    const notFound = err({ code: 'ordering.order_not_found' });
    const pageOf = async (customerId: UserId | null, page: number, pageSize: number) => {
      const list = await shop().orderQueries.list(customerId, { page, pageSize });
      return { ...list, items: list.items.map(({ number }) => number) };
    };

    it('show an order as it was placed, with its items in their order and its payment', async () => {
      const customerId = await givenCustomer(shop());
      const cart = await givenCart(shop(), customerId, [
        { ...(await givenVariant(shop())), quantity: 2 },
        { ...(await givenVariant(shop())), quantity: 9_999 },
        { ...(await givenVariant(shop())), quantity: 1 },
      ]);
      const order = anOrderOf(cart, { notes: 'Ring twice.\nThank you — 谢谢' });
      const { id, totals } = order.state;
      const payment = aPayment(id, totals.total);
      const stored = await shop().ordering.run(SHOP, ({ orders }) => orders.add(order));
      expect(stored.isOk()).toBe(true);
      const paid = await shop().payments.run(SHOP, ({ payments }) => payments.add(payment));
      expect(paid.isOk()).toBe(true);

      const view = viewOrder(order, [presentPayment(payment)]);
      expect(await shop().orderQueries.find(id, customerId)).toEqual(ok(view));
      expect(await shop().orderQueries.find(id, null)).toEqual(ok(view));
      const list = await shop().orderQueries.list(customerId, { page: 1, pageSize: 5 });
      expect(list.items).toEqual([view]);
    });

    it('show the quote that an order froze: discounts, taxes, units, shipping and promotions', async () => {
      const customerId = await givenCustomer(shop());
      const cart = await givenCart(shop(), customerId, [
        { ...(await givenVariant(shop())), quantity: 3 },
        { ...(await givenVariant(shop())), quantity: 1 },
      ]);
      const order = anOrderOf(cart, { reduced: true });
      const stored = await shop().ordering.run(SHOP, ({ orders }) => orders.add(order));
      expect(stored.isOk()).toBe(true);
      expect(order.state.items[0]?.units).toHaveLength(2);
      expect(order.state.promotions).toHaveLength(1);
      expect(await shop().orderQueries.find(order.state.id, null)).toEqual(
        ok(viewOrder(order, [])),
      );
    });

    it('show the address to write to about an order, and none when none was given', async () => {
      const customerId = await givenCustomer(shop());
      const written = await givenOrder(shop(), customerId, { email: 'office@people.example' });
      const silent = await givenOrder(shop(), customerId);
      const emailOf = async ({ state }: Order) =>
        (await shop().orderQueries.find(state.id, null))._unsafeUnwrap().email;
      expect(await emailOf(written)).toBe('office@people.example');
      expect(await emailOf(silent)).toBeNull();
    });

    it('do not find an order that is not there, or is somebody else’s', async () => {
      const order = await givenOrder(shop(), await givenCustomer(shop()));
      const other = await givenCustomer(shop());
      expect(await shop().orderQueries.find(order.state.id, other)).toEqual(notFound);
      expect(await shop().orderQueries.find(builderIds.next<OrderId>(), null)).toEqual(notFound);
      expect(await pageOf(other, 1, 10)).toEqual({ items: [], count: 0, countIsExact: true });
    });

    it('list those that a filter lets through, in the order that is asked for', async () => {
      const [ada, ben] = [
        await givenUser(shop(), aUser({ email: 'ada@filter.example' as EmailAddress })),
        await givenUser(shop(), aUser({ email: 'ben@filter.example' as EmailAddress })),
      ].map(({ state }) => state.id) as [UserId, UserId];
      const at = (minute: number) => (BUILT_AT + minute * 60_000) as Instant;
      const early = await givenOrder(shop(), ada, { at: at(1), email: 'office@filter.example' });
      const late = await givenOrder(shop(), ada, { at: at(2), reduced: true });
      await givenOrder(shop(), ben, { at: at(3) });
      const numbers = async (filter: Partial<OrderFilter>) => {
        const everything = { ...EVERY_ORDER, ...filter };
        const page = await shop().orderQueries.list(ada, { page: 1, pageSize: 10 }, everything);
        expect(page.count).toBe(page.items.length);
        return page.items.map(({ number }) => number);
      };
      const [first, second] = [early.state.number, late.state.number];
      const { minorUnits: dear } = early.state.totals.total;
      const { minorUnits: cheap } = late.state.totals.total;
      expect(dear).toBeGreaterThan(cheap);
      expect(await numbers({})).toEqual([second, first]);
      expect(await numbers({ ordering: 'placed_at' })).toEqual([first, second]);
      expect(await numbers({ ordering: 'total' })).toEqual([second, first]);
      expect(await numbers({ ordering: '-total' })).toEqual([first, second]);
      expect(await numbers({ number: first })).toEqual([first]);
      expect(await numbers({ number: 'KAS' })).toEqual([]);
      expect(await numbers({ status: 'pending' })).toEqual([second, first]);
      expect(await numbers({ status: 'cancelled' })).toEqual([]);
      expect(await numbers({ paymentStatus: 'pending' })).toEqual([second, first]);
      expect(await numbers({ paymentStatus: 'paid' })).toEqual([]);
      expect(await numbers({ fulfilmentStatus: 'unfulfilled' })).toEqual([second, first]);
      expect(await numbers({ fulfilmentStatus: 'fulfilled' })).toEqual([]);
      expect(await numbers({ customerId: ada })).toEqual([second, first]);
      expect(await numbers({ customerId: ben })).toEqual([]);
      expect(await numbers({ email: 'office@filter.example' })).toEqual([first]);
      expect(await numbers({ email: 'ada@filter.example' })).toEqual([second, first]);
      expect(await numbers({ email: 'ben@filter.example' })).toEqual([]);
      expect(await numbers({ placedFrom: at(2) })).toEqual([second]);
      expect(await numbers({ placedBefore: at(2) })).toEqual([first]);
      expect(await numbers({ currency: 'USD' as Currency })).toEqual([second, first]);
      expect(await numbers({ currency: 'EUR' as Currency })).toEqual([]);
      expect(await numbers({ minimumTotal: dear })).toEqual([first]);
      expect(await numbers({ minimumTotal: dear + 1n })).toEqual([]);
      expect(await numbers({ maximumTotal: cheap })).toEqual([second]);
      expect(await numbers({ minimumTotal: cheap, maximumTotal: dear })).toEqual([second, first]);
    });

    it('list the orders of one customer, the latest first, each on one page', async () => {
      const customerId = await givenCustomer(shop());
      await givenOrder(shop(), await givenCustomer(shop()));
      const minutes: readonly [name: string, minute: number][] = [
        ['B', 2],
        ['D', 4],
        ['A', 1],
        ['C1', 3],
        ['C2', 3],
      ];
      for (const [name, minute] of minutes) {
        const number = `KAS-2026-${name}` as OrderNumber;
        const at = (BUILT_AT + minute * 60_000) as Instant;
        await givenOrder(shop(), customerId, { number, at });
      }
      const pages = await Promise.all([1, 2, 3, 4].map((page) => pageOf(customerId, page, 2)));
      expect(pages.map(({ items }) => items)).toEqual([
        ['KAS-2026-D', 'KAS-2026-C2'],
        ['KAS-2026-C1', 'KAS-2026-B'],
        ['KAS-2026-A'],
        [],
      ]);
      expect(pages.map(({ count, countIsExact }) => [count, countIsExact])).toEqual(
        pages.map(() => [5, true]),
      );
    });

    it('are read on from where one was, whatever is added meanwhile, and exported in parts', async () => {
      const customerId = await givenCustomer(shop());
      const placed = async (minute: number, reduced: boolean) => {
        const at = (BUILT_AT + minute * 60_000) as Instant;
        return (await givenOrder(shop(), customerId, { at, reduced })).state.id;
      };
      const first = await placed(1, false);
      const [second, third] = [await placed(2, true), await placed(2, true)];
      const fourth = await placed(3, false);
      const oldestFirst = [first, second, third, fourth];
      const cheapFirst = [second, third, first, fourth];
      const expected = {
        placed_at: oldestFirst,
        '-placed_at': oldestFirst.toReversed(),
        total: cheapFirst,
        '-total': cheapFirst.toReversed(),
      };
      for (const ordering of ORDER_ORDERINGS) {
        const filter = { ...EVERY_ORDER, customerId, ordering };
        const read: string[] = [];
        let after: OrderPlace | null = null;
        do {
          const part = await shop().orderQueries.feed(null, { after, pageSize: 3 }, filter);
          read.push(...part.items.map(({ id }) => id));
          after = part.next;
        } while (after !== null);
        expect([ordering, read]).toEqual([ordering, expected[ordering]]);
        const exported: string[] = [];
        for await (const some of shop().orderExport.read(filter))
          exported.push(...some.map(({ id }) => id));
        expect(exported).toEqual(expected[ordering]);
      }
      const part = { after: null, pageSize: 3 };
      const { next, items } = await shop().orderQueries.feed(customerId, part);
      expect(items.map(({ id }) => id)).toEqual(expected['-placed_at'].slice(0, 3));
      const fifth = await placed(4, false);
      const rest = await shop().orderQueries.feed(customerId, { ...part, after: next });
      expect(rest).toMatchObject({ items: [{ id: first }], next: null });
      const again = await shop().orderQueries.feed(customerId, part);
      expect(again.items[0]?.id).toBe(fifth);
      const none = { ...EVERY_ORDER, customerId, number: 'KAS' };
      for await (const some of shop().orderExport.read(none)) expect(some).toBe('nothing');
    });

    it('know which order was a customer’s first one', async () => {
      const [ada, bob] = [await givenCustomer(shop()), await givenCustomer(shop())];
      const placed = async (customerId: UserId, minute: number) => {
        const at = (BUILT_AT + minute * 60_000) as Instant;
        return (await givenOrder(shop(), customerId, { at })).state.id;
      };
      await placed(ada, 2);
      const first = await placed(ada, 1);
      const only = await placed(bob, 3);
      const firstOrders = (ids: readonly UserId[], emails: readonly string[] = []) =>
        shop().orderQueries.firstOrders(ids, emails);
      expect(await firstOrders([ada, bob])).toEqual(new Set([first, only]));
      expect(await firstOrders([bob])).toEqual(new Set([only]));
      expect(await firstOrders([await givenCustomer(shop())])).toEqual(new Set());
    });

    it('list everybody’s orders for staff', async () => {
      const orders = [
        await givenOrder(shop(), await givenCustomer(shop())),
        await givenOrder(shop(), await givenCustomer(shop())),
      ];
      const { items } = await pageOf(null, 1, 100);
      expect(items).toEqual(expect.arrayContaining(orders.map(({ state }) => state.number)));
    });

    it('show nothing of a transaction that has not ended', async () => {
      const customerId = await givenCustomer(shop());
      const cart = await givenCart(shop(), customerId, [
        { ...(await givenVariant(shop())), quantity: 1 },
      ]);
      const order = anOrderOf(cart);
      const run = await shop().ordering.run(SHOP, async ({ orders }) => {
        const added = await orders.add(order);
        expect(await shop().orderQueries.find(order.state.id, null)).toEqual(notFound);
        return added;
      });
      expect(run.isOk()).toBe(true);
      expect((await shop().orderQueries.find(order.state.id, null)).isOk()).toBe(true);
    });
  });
}
