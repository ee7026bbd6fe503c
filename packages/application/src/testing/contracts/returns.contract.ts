import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { FulfilmentId, Instant, OrderId, ReturnId } from '@kastoma/domain/core';
import { Return, returnableUnits, type Order, type ReceivedUnits } from '@kastoma/domain/ordering';

import { viewReturn } from '../../ordering/return-view.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { anOrderOf } from '../builders/order.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCart, givenCustomer, givenOrder, givenVariant } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const LATER = (BUILT_AT + 60_000) as Instant;

export function returnsContract(open: OpenShop): void {
  describe('returns of orders', () => {
    const shop = shopOfSuite(open);
    const given = async (): Promise<Order> => {
      const wanted = [
        { ...(await givenVariant(shop())), quantity: 2 },
        { ...(await givenVariant(shop())), quantity: 1 },
      ];
      const order = anOrderOf(await givenCart(shop(), await givenCustomer(shop()), wanted));
      const { id } = order.state;
      const parcel = { id: builderIds.next<FulfilmentId>(), carrier: null, trackingNumber: null };
      const added = await shop().ordering.run(SHOP, ({ orders }) => orders.add(order));
      expect(added.isOk()).toBe(true);
      const shipped = await shop().ordering.run(SHOP, ({ orders }) =>
        orders
          .hold(id, null)
          .andThen((held) =>
            held
              .confirm(LATER)
              .andThen((next) => next.startProcessing(LATER))
              .andThen((next) => next.shipAll(parcel, LATER)),
          )
          .andThen((next) => orders.save(next).map(() => next)),
      );
      return shipped._unsafeUnwrap();
    };
    const announce = async (order: Order, quantities: readonly number[], at = LATER) => {
      const lines = order.state.items.flatMap(({ id: itemId }, index) =>
        (quantities[index] ?? 0) > 0 ? [{ itemId, quantity: quantities[index] ?? 0 }] : [],
      );
      const input = {
        id: builderIds.next<ReturnId>(),
        orderId: order.state.id,
        lines,
        reason: 'Too small.\nSorry',
        at,
      };
      const announced = Return.request(input, returnableUnits(order.state, []))._unsafeUnwrap();
      const added = await shop().ordering.run(SHOP, ({ returns }) => returns.add(announced));
      expect(added.isOk()).toBe(true);
      return announced;
    };
    const receivedAs = (announced: Return, units: readonly Omit<ReceivedUnits, 'itemId'>[]) => {
      const lines = announced.state.lines.flatMap(({ itemId }, index) => {
        const came = units[index];
        return came === undefined || came.quantity === 0 ? [] : [{ itemId, ...came }];
      });
      return Return.restore(announced.state, announced.version)
        .receive(lines, null, LATER)
        ._unsafeUnwrap();
    };
    const save = (changed: Return) =>
      shop().ordering.run(SHOP, ({ returns }) => returns.save(changed));
    const find = (id: ReturnId, orderId: OrderId) =>
      shop().ordering.run(SHOP, ({ returns }) => returns.find(id, orderId));

    it('are kept as they were announced, and told of', async () => {
      const order = await given();
      const { id: orderId, customerId } = order.state;
      const announced = await announce(order, [2, 1]);
      const { id } = announced.state;
      expect((await find(id, orderId))._unsafeUnwrap().state).toEqual(announced.state);
      const view = viewReturn(announced);
      expect(await shop().returnQueries.find(id, orderId, customerId)).toEqual(ok(view));
      expect(await shop().returnQueries.ofOrder(orderId, null)).toEqual(ok([view]));
      expect(await shop().eventsOf(id)).toMatchObject([{ type: 'ordering.return_requested' }]);
    });

    it('are listed the oldest first, each with its order alone', async () => {
      const order = await given();
      await announce(await given(), [1]);
      const first = await announce(order, [1]);
      const second = await announce(order, [0, 1], (LATER + 1) as Instant);
      const orderId = order.state.id;
      const all = await shop().ordering.run(SHOP, ({ returns }) => returns.ofOrder(orderId));
      expect(all._unsafeUnwrap().map(({ state }) => state)).toEqual([first.state, second.state]);
    });

    it('are stored as they came: the order is returned when all of it is back', async () => {
      const order = await given();
      const { id: orderId } = order.state;
      const statusOf = async () =>
        (await shop().orderQueries.find(orderId, null))._unsafeUnwrap().fulfilmentStatus;
      const first = await announce(order, [2]);
      const second = await announce(order, [0, 1]);
      const received = receivedAs(first, [{ quantity: 2, restock: true }]);
      expect(await save(received)).toEqual(ok(undefined));
      expect((await find(first.state.id, orderId))._unsafeUnwrap().state).toEqual(received.state);
      expect(await statusOf()).toBe('fulfilled');
      expect(await save(receivedAs(second, [{ quantity: 1, restock: false }]))).toEqual(
        ok(undefined),
      );
      expect(await statusOf()).toBe('returned');
      const events = await shop().eventsOf(second.state.id);
      expect(events.map(({ type }) => type)).toEqual([
        'ordering.return_requested',
        'ordering.return_received',
      ]);
    });

    it('remember that they were cancelled, or exchanged for another order', async () => {
      const order = await given();
      const orderId = order.state.id;
      const [one, other] = [await announce(order, [1]), await announce(order, [0, 1])];
      const stored = ({ state, version }: Return) => Return.restore(state, version);
      const exchange = await givenOrder(shop(), await givenCustomer(shop()));
      const exchanged = stored(one).exchange(exchange.state.id, LATER)._unsafeUnwrap();
      const cancelled = stored(other).cancel(LATER)._unsafeUnwrap();
      expect((await save(exchanged)).isOk()).toBe(true);
      expect((await save(cancelled)).isOk()).toBe(true);
      expect(await shop().returnQueries.ofOrder(orderId, null)).toEqual(
        ok([viewReturn(exchanged), viewReturn(cancelled)]),
      );
    });

    it('that somebody else has changed in between are not changed', async () => {
      const announced = await announce(await given(), [2]);
      const { id, orderId } = announced.state;
      expect((await save(receivedAs(announced, [{ quantity: 1, restock: true }]))).isOk()).toBe(
        true,
      );
      const late = receivedAs(announced, [{ quantity: 2, restock: false }]);
      expect(await save(late)).toEqual(err({ code: 'core.concurrent_update' }));
      expect((await find(id, orderId))._unsafeUnwrap().state.lines).toMatchObject([
        { received: 1 },
      ]);
    });

    it('of another order, or of somebody else’s, are not found', async () => {
      const announced = await announce(await given(), [1]);
      const { id, orderId } = announced.state;
      const other = await given();
      const notFound = { code: 'ordering.return_not_found' };
      expect((await find(id, other.state.id))._unsafeUnwrapErr()).toEqual(notFound);
      expect(await shop().returnQueries.find(id, other.state.id, null)).toEqual(err(notFound));
      const notMine = err({ code: 'ordering.order_not_found' });
      const stranger = await givenCustomer(shop());
      expect(await shop().returnQueries.find(id, orderId, stranger)).toEqual(notMine);
      expect(await shop().returnQueries.ofOrder(orderId, stranger)).toEqual(notMine);
    });

    it('leave nothing where the transaction fails', async () => {
      const announced = await announce(await given(), [2]);
      const { id, orderId } = announced.state;
      const received = receivedAs(announced, [{ quantity: 2, restock: true }]);
      const run = await shop().ordering.run(SHOP, ({ returns }) =>
        returns.save(received).andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run).toEqual(err({ code: 'test.refused' }));
      expect((await find(id, orderId))._unsafeUnwrap().state).toEqual(announced.state);
    });
  });
}
