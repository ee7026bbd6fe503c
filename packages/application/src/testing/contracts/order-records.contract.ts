import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { ApiKeyId, Instant, OrderId, UserId } from '@kastoma/domain/core';

import type { CallContext } from '../../core/call-context.ts';
import type { OrderReader } from '../../ordering/order-records.port.ts';
import { builderIds } from '../builders/builder-ids.ts';
import { asCustomer, SHOP } from '../contexts.ts';
import { givenPlacedOrder, type PlacedOrder } from '../placed-orders.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const ALL = { page: 1, pageSize: 100 };
const STAFF: OrderReader = { customerId: null, isStaff: true };
const GUEST: OrderReader = { customerId: null, isStaff: false };
const NOT_FOUND = err({ code: 'ordering.order_not_found' });

const ofCustomer = (customerId: UserId): OrderReader => ({ customerId, isStaff: false });
const asService = (id: ApiKeyId): CallContext => ({
  ...SHOP,
  actor: { kind: 'service', id, scopes: ['orders.manage'] },
});

export function orderRecordsContract(open: OpenShop): void {
  describe('what is kept beside an order', () => {
    const shop = shopOfSuite(open);
    const write = async (
      order: Pick<PlacedOrder, 'id'>,
      text: string,
      { internal = true, minute = 0, author = 'user:staff' } = {},
    ) => {
      const at = (Date.UTC(2026, 11, 24) + minute * 60_000) as Instant;
      const note = { id: builderIds.next<string>(), orderId: order.id, author, text, internal, at };
      const run = await shop().ordering.run(SHOP, ({ notes }) => notes.add(note));
      expect(run.isOk()).toBe(true);
      return note;
    };
    const confirm = async (order: PlacedOrder, context: CallContext, at: Instant) => {
      const run = await shop().ordering.run(context, ({ orders }) =>
        orders
          .hold(order.id, null)
          .andThen((held) => held.confirm(at))
          .andThen((confirmed) => orders.save(confirmed)),
      );
      expect(run.isOk()).toBe(true);
    };
    const cancel = async (order: PlacedOrder, reason: string, at: Instant) => {
      const run = await shop().ordering.run(asCustomer(order.customerId), ({ orders }) =>
        orders
          .hold(order.id, null)
          .andThen((held) => held.cancel(reason, at))
          .andThen((cancelled) => orders.save(cancelled)),
      );
      expect(run.isOk()).toBe(true);
    };
    const history = async (id: OrderId, reader: OrderReader, page = ALL) =>
      shop().orderRecords.history(id, reader, page);
    const notes = async (id: OrderId, reader: OrderReader, page = ALL) =>
      shop().orderRecords.notes(id, reader, page);

    it('tells every change with who made it and when, from the placement on', async () => {
      const order = await givenPlacedOrder(shop());
      const { id, customerId } = order;
      const [placedAt, at] = [shop().clock.now(), (shop().clock.now() + 5_000) as Instant];
      const service = builderIds.next<ApiKeyId>();
      await confirm(order, asService(service), at);
      await cancel(order, 'Ordered twice', at);
      const changes = [
        {
          version: 1,
          type: 'ordering.order_placed',
          actor: `user:${customerId}`,
          at: placedAt,
          reason: null,
          detail: {},
        },
        {
          version: 2,
          type: 'ordering.order_confirmed',
          actor: `service:${service}`,
          at,
          reason: null,
          detail: {},
        },
        {
          version: 3,
          type: 'ordering.order_cancelled',
          actor: `user:${customerId}`,
          at,
          reason: 'Ordered twice',
          detail: {},
        },
      ];
      expect((await history(id, STAFF))._unsafeUnwrap()).toEqual({
        items: changes,
        count: 3,
        countIsExact: true,
      });
      const second = (await history(id, STAFF, { page: 2, pageSize: 2 }))._unsafeUnwrap();
      expect(second).toEqual({ items: [changes[2]], count: 3, countIsExact: true });
      const seen = (await history(id, ofCustomer(customerId)))._unsafeUnwrap().items;
      expect(seen.map(({ actor }) => actor)).toEqual([
        `user:${customerId}`,
        'shop',
        `user:${customerId}`,
      ]);
    });

    it('tells of nothing that was not committed', async () => {
      const { id } = await givenPlacedOrder(shop());
      const at = shop().clock.now();
      const refused = err({ code: 'test.refused' as const });
      const run = await shop().ordering.run(SHOP, ({ orders }) =>
        orders
          .hold(id, null)
          .andThen((held) => held.confirm(at))
          .andThen((confirmed) => orders.save(confirmed))
          .andThen(() => refused),
      );
      expect(run).toEqual(refused);
      expect((await history(id, STAFF))._unsafeUnwrap().items).toHaveLength(1);
    });

    it('shows notes in the order of their times, and internal ones to staff alone', async () => {
      const order = await givenPlacedOrder(shop());
      await write(await givenPlacedOrder(shop()), 'Of another order', { internal: false });
      const second = await write(order, 'Came back.\nGone again', { internal: false, minute: 2 });
      const first = await write(order, 'A difficult one', { minute: 1 });
      const all = (await notes(order.id, STAFF))._unsafeUnwrap();
      expect(all).toEqual({ items: [first, second], count: 2, countIsExact: true });
      for (const reader of [GUEST, ofCustomer(order.customerId)])
        expect((await notes(order.id, reader))._unsafeUnwrap()).toEqual({
          items: [{ ...second, author: 'shop' }],
          count: 1,
          countIsExact: true,
        });
      const last = (await notes(order.id, STAFF, { page: 2, pageSize: 1 }))._unsafeUnwrap();
      expect(last.items).toEqual([second]);
    });

    it('is nobody else’s', async () => {
      const { id } = await givenPlacedOrder(shop());
      const stranger = ofCustomer(await givenCustomer(shop()));
      expect(await history(id, stranger)).toEqual(NOT_FOUND);
      expect(await notes(id, stranger)).toEqual(NOT_FOUND);
      const nobodys = builderIds.next<OrderId>();
      expect(await history(nobodys, STAFF)).toEqual(NOT_FOUND);
      expect(await notes(nobodys, STAFF)).toEqual(NOT_FOUND);
    });
  });

  describe('orders that wait for money', () => {
    const shop = shopOfSuite(open);
    const unpaidSince = (since: number, limit = 10) =>
      shop().overdueOrders.unpaidSince(since as Instant, limit);
    const change = async (order: PlacedOrder, status: 'cancelled') => {
      const at = shop().clock.now();
      const run = await shop().ordering.run(SHOP, ({ orders }) =>
        orders
          .hold(order.id, null)
          .andThen((held) => held.cancel(status, at))
          .andThen((cancelled) => orders.save(cancelled)),
      );
      expect(run.isOk()).toBe(true);
    };
    const payAgain = async ({ id: orderId, paymentId }: PlacedOrder, method: string) => {
      const at = shop().clock.now();
      const [found] = [await shop().paymentReader.find(paymentId)];
      const { amount } = found._unsafeUnwrap().state;
      const run = await shop().ordering.run(SHOP, ({ payments }) =>
        payments
          .abandon(orderId, at)
          .andThen(() => payments.request({ orderId, method, token: null, amount, at })),
      );
      expect(run.isOk()).toBe(true);
    };

    it('are those of providers, the longest first, and no more than are asked for', async () => {
      const first = await givenPlacedOrder(shop(), { method: 'test' });
      const start = shop().clock.now();
      shop().clock.advance(10);
      await givenPlacedOrder(shop(), { method: 'manual' });
      const second = await givenPlacedOrder(shop(), { method: 'test' });
      shop().clock.advance(10);
      const third = await givenPlacedOrder(shop(), { method: 'test' });
      const now = shop().clock.now();
      expect(await unpaidSince(start - 1)).toEqual([]);
      expect(await unpaidSince(start)).toEqual([first.id]);
      expect(await unpaidSince(now)).toEqual([first.id, second.id, third.id]);
      expect(await unpaidSince(now, 2)).toEqual([first.id, second.id]);
    });

    it('are not those that are over, are paid for by hand by now, or are tried once more', async () => {
      const [over, byHand, again] = [
        await givenPlacedOrder(shop(), { method: 'test' }),
        await givenPlacedOrder(shop(), { method: 'test' }),
        await givenPlacedOrder(shop(), { method: 'test' }),
      ];
      const since = shop().clock.now();
      shop().clock.advance(10);
      await change(over, 'cancelled');
      await payAgain(byHand, 'manual');
      await payAgain(again, 'test');
      const found = await unpaidSince(since, 100);
      for (const { id } of [over, byHand, again]) expect(found).not.toContain(id);
      expect(await unpaidSince(shop().clock.now(), 100)).toContain(again.id);
    });
  });
}
