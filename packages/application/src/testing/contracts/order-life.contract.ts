import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { FulfilmentId, Instant, OrderId, UserId } from '@kastoma/domain/core';
import type { Order } from '@kastoma/domain/ordering';

import { viewOrder } from '../../ordering/order-view.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { anOrderOf } from '../builders/order.builder.ts';
import { asCustomer, SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCart, givenCustomer, givenVariant } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const LATER = (BUILT_AT + 60_000) as Instant;
const REFUSED = err({ code: 'test.refused' as const });

function parcel(trackingNumber: string | null = null) {
  return { id: builderIds.next<FulfilmentId>(), carrier: null, trackingNumber };
}

export function orderLifeContract(open: OpenShop): void {
  describe('an order that goes on', () => {
    const shop = shopOfSuite(open);
    const givenPlaced = async (customerId: UserId, quantities: readonly number[] = [2, 3]) => {
      const wanted = await Promise.all(
        quantities.map(async (quantity) => ({ ...(await givenVariant(shop())), quantity })),
      );
      const order = anOrderOf(await givenCart(shop(), customerId, wanted), { reduced: true });
      const added = await shop().ordering.run(SHOP, ({ orders }) => orders.add(order));
      expect(added.isOk()).toBe(true);
      return order;
    };
    const given = async () => givenPlaced(await givenCustomer(shop()));
    const hold = async (id: OrderId, customerId: UserId | null = null) =>
      shop().ordering.run(SHOP, ({ orders }) => orders.hold(id, customerId));
    const saveBy = (context: typeof SHOP, order: Order) =>
      shop().ordering.run(context, ({ orders }) => orders.save(order));
    const change = async (id: OrderId, step: (order: Order) => Order) => {
      const changed = await shop().ordering.run(SHOP, ({ orders }) =>
        orders.hold(id, null).andThen((order) => orders.save(step(order))),
      );
      expect(changed.isOk()).toBe(true);
    };
    const inProcess = async (order: Order) => {
      await change(order.state.id, (held) => held.confirm(LATER)._unsafeUnwrap());
      await change(order.state.id, (held) => held.startProcessing(LATER)._unsafeUnwrap());
    };
    const view = async ({ state }: Order) =>
      (await shop().orderQueries.find(state.id, null))._unsafeUnwrap();

    it('is held as it was placed, with nothing to tell', async () => {
      const order = await given();
      const held = (await hold(order.state.id))._unsafeUnwrap();
      expect(held.toJSON()).toEqual(order.toJSON());
      expect(held.pending).toEqual([]);
    });

    it('is nobody else’s to hold', async () => {
      const order = await given();
      const { id, customerId } = order.state;
      const notFound = err({ code: 'ordering.order_not_found' });
      expect((await hold(id, customerId as UserId)).isOk()).toBe(true);
      expect(await hold(id, await givenCustomer(shop()))).toEqual(notFound);
      expect(await hold(builderIds.next<OrderId>())).toEqual(notFound);
      const unknown = builderIds.next<OrderId>();
      expect(await shop().ordering.run(SHOP, ({ orders }) => orders.holdIfFree(unknown))).toEqual(
        notFound,
      );
    });

    it('is stored as what it has become, and told of', async () => {
      const order = await given();
      const { id, customerId } = order.state;
      const held = (await hold(id))._unsafeUnwrap();
      const cancelled = held.cancel('Too late.\nSorry', LATER)._unsafeUnwrap();
      expect(await saveBy(asCustomer(customerId as UserId), cancelled)).toEqual(ok(undefined));
      const stands = (await hold(id))._unsafeUnwrap();
      expect(stands.toJSON()).toEqual(cancelled.toJSON());
      expect(await view(order)).toEqual(viewOrder(stands, []));
      expect(await view(order)).toMatchObject({
        status: 'cancelled',
        cancelReason: 'Too late.\nSorry',
      });
      expect(await shop().eventsOf(id)).toMatchObject([
        { type: 'ordering.order_placed' },
        {
          type: 'ordering.order_cancelled',
          aggregateVersion: 2,
          actor: `user:${customerId}`,
          occurredAt: LATER,
        },
      ]);
    });

    it('keeps each parcel with its lines in the order of the items', async () => {
      const order = await given();
      await inProcess(order);
      const [first, second] = order.state.items.map(({ id }) => id);
      const lines = [
        { itemId: second ?? '', quantity: 2 },
        { itemId: first ?? '', quantity: 1 },
      ];
      const id = order.state.id;
      await change(id, (held) => held.fulfil(lines, parcel('1Z 999'), LATER)._unsafeUnwrap());
      expect(await view(order)).toMatchObject({
        status: 'processing',
        fulfilmentStatus: 'partially_fulfilled',
        fulfilments: [
          {
            lines: [
              { itemId: first, quantity: 1 },
              { itemId: second, quantity: 2 },
            ],
            carrier: null,
            trackingNumber: '1Z 999',
            at: LATER,
          },
        ],
      });
      await change(id, (held) => held.shipAll(parcel(), LATER)._unsafeUnwrap());
      const shipped = await view(order);
      expect(shipped).toMatchObject({ status: 'shipped', fulfilmentStatus: 'fulfilled' });
      expect(shipped.fulfilments.map((one) => one.lines.map(({ quantity }) => quantity))).toEqual([
        [1, 2],
        [1, 1],
      ]);
      expect((await hold(id))._unsafeUnwrap().state.fulfilments).toEqual(shipped.fulfilments);
    });

    it('is not stored over what somebody else has made of it', async () => {
      const order = await given();
      const held = (await hold(order.state.id))._unsafeUnwrap();
      await change(order.state.id, (now) => now.confirm(LATER)._unsafeUnwrap());
      const stale = await saveBy(SHOP, held.cancel('', LATER)._unsafeUnwrap());
      expect(stale).toEqual(err({ code: 'core.concurrent_update' }));
      expect((await view(order)).status).toBe('confirmed');
      expect(await shop().eventsOf(order.state.id)).toHaveLength(2);
    });

    it('is what it was when the transaction fails', async () => {
      const order = await given();
      await inProcess(order);
      const before = await view(order);
      const run = await shop().ordering.run(SHOP, ({ orders }) =>
        orders
          .hold(order.state.id, null)
          .andThen((held) => orders.save(held.shipAll(parcel(), LATER)._unsafeUnwrap()))
          .andThen(() => REFUSED),
      );
      expect(run).toEqual(REFUSED);
      expect(await view(order)).toEqual(before);
      expect(await shop().eventsOf(order.state.id)).toHaveLength(3);
    });

    it('is ended once by eight who want to end it at once', async () => {
      const order = await given();
      const runs = await times(8, () =>
        shop().ordering.run(SHOP, ({ orders }) =>
          orders
            .hold(order.state.id, null)
            .andThen((held) => held.cancel('', LATER))
            .andThen((cancelled) => orders.save(cancelled)),
        ),
      );
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
      expect(runs.flatMap((run) => (run.isErr() ? [run.error.code] : []))).toEqual(
        Array.from({ length: 7 }, () => 'ordering.illegal_transition'),
      );
      expect(await shop().eventsOf(order.state.id)).toHaveLength(2);
    });
  });
}
