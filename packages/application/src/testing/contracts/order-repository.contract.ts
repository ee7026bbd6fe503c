import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, UserId } from '@kastoma/domain/core';
import type { Cart, Order } from '@kastoma/domain/ordering';

import { anOrderOf } from '../builders/order.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCart, givenCustomer, givenVariant } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const lastDayOf2026 = Date.UTC(2026, 11, 31, 23, 59, 59) as Instant;

export function orderRepositoryContract(open: OpenShop): void {
  describe('an order repository', () => {
    const shop = shopOfSuite(open);
    const add = (order: Order) => shop().ordering.run(SHOP, ({ orders }) => orders.add(order));
    const isStored = async (order: Order) =>
      (await shop().orderQueries.find(order.state.id, null)).isOk();
    const cartOf = async (customerId: UserId): Promise<Cart> =>
      givenCart(shop(), customerId, [{ ...(await givenVariant(shop())), quantity: 2 }]);
    const aStoredCart = async () => cartOf(await givenCustomer(shop()));
    const nextNumber = async () =>
      (
        await shop().ordering.run(SHOP, ({ orders }) => orders.nextNumber(lastDayOf2026))
      )._unsafeUnwrap();

    it('stores an order, and tells of it', async () => {
      const order = anOrderOf(await aStoredCart());
      expect((await add(order)).isOk()).toBe(true);
      expect(await isStored(order)).toBe(true);
      expect(await shop().eventsOf(order.state.id)).toEqual([
        { ...order.pending[0], correlationId: 'test', actor: 'system' },
      ]);
    });

    it('makes one order of a cart only', async () => {
      const cart = await aStoredCart();
      expect((await add(anOrderOf(cart))).isOk()).toBe(true);
      const second = anOrderOf(cart);
      expect(await add(second)).toEqual(err({ code: 'core.concurrent_update' }));
      expect(await isStored(second)).toBe(false);
      expect(await shop().eventsOf(second.state.id)).toEqual([]);
    });

    it('makes one order of a cart that five requests order at once', async () => {
      const cart = await aStoredCart();
      const runs = await times(5, () => add(anOrderOf(cart)));
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
      expect(runs.filter((run) => run.isErr())).toHaveLength(4);
    });

    it('gives no number twice, and numbers that grow, with the year in front', async () => {
      const numbers = await times(20, () => nextNumber());
      expect(new Set(numbers).size).toBe(20);
      for (const number of numbers) expect(number).toMatch(/^KAS-2026-\d{6}$/);
      const largest = numbers.toSorted().at(-1) ?? '';
      expect((await nextNumber()) > largest).toBe(true);
    });

    it('forgets an order whose transaction failed, but never gives its number again', async () => {
      const cart = await aStoredCart();
      const order = anOrderOf(cart);
      const drawn: string[] = [];
      const run = await shop().ordering.run(SHOP, ({ orders }) =>
        orders
          .nextNumber(lastDayOf2026)
          .map((number) => drawn.push(number))
          .andThen(() => orders.add(order))
          .andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run).toEqual(err({ code: 'test.refused' }));
      expect(await isStored(order)).toBe(false);
      expect(await shop().eventsOf(order.state.id)).toEqual([]);
      expect(drawn).toHaveLength(1);
      expect(drawn).not.toContain(await nextNumber());
      expect((await add(anOrderOf(cart))).isOk()).toBe(true);
    });
  });
}
