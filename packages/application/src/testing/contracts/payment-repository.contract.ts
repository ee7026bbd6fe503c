import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { OrderId } from '@kastoma/domain/core';

import { anOrderOf } from '../builders/order.builder.ts';
import { aPayment } from '../builders/payment.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCart, givenCustomer, givenVariant } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function paymentRepositoryContract(open: OpenShop): void {
  describe('a payment repository', () => {
    const shop = shopOfSuite(open);
    const givenUnpaidOrder = async (): Promise<OrderId> => {
      const item = { ...(await givenVariant(shop())), quantity: 1 };
      const order = anOrderOf(await givenCart(shop(), await givenCustomer(shop()), [item]));
      const run = await shop().ordering.run(SHOP, ({ orders }) => orders.add(order));
      expect(run.isOk()).toBe(true);
      return order.state.id;
    };
    const paymentsOf = async (orderId: OrderId) =>
      (await shop().orderQueries.find(orderId, null))._unsafeUnwrap().payments;

    it('stores a payment of an order, and tells of it', async () => {
      const orderId = await givenUnpaidOrder();
      expect(await paymentsOf(orderId)).toEqual([]);
      const payment = aPayment(orderId);
      const run = await shop().payments.run(SHOP, ({ payments }) => payments.add(payment));
      expect(run.isOk()).toBe(true);
      const { id, method, amount, status, createdAt } = payment.state;
      expect(await paymentsOf(orderId)).toEqual([{ id, method, amount, status, createdAt }]);
      expect(await shop().eventsOf(id)).toEqual([
        { ...payment.pending[0], correlationId: 'test', actor: 'system' },
      ]);
    });

    it('stores several payments of an order at once', async () => {
      const orderId = await givenUnpaidOrder();
      const added = Array.from({ length: 5 }, () => aPayment(orderId));
      const runs = await times(5, (index) =>
        shop().payments.run(SHOP, ({ payments }) =>
          payments.add(added[index] ?? aPayment(orderId)),
        ),
      );
      expect(runs.every((run) => run.isOk())).toBe(true);
      expect((await paymentsOf(orderId)).map(({ id }) => id)).toEqual(
        added.map(({ state }) => state.id),
      );
    });

    it('forgets a payment whose transaction failed', async () => {
      const orderId = await givenUnpaidOrder();
      const payment = aPayment(orderId);
      const run = await shop().payments.run(SHOP, ({ payments }) =>
        payments.add(payment).andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run.isErr()).toBe(true);
      expect(await paymentsOf(orderId)).toEqual([]);
      expect(await shop().eventsOf(payment.state.id)).toEqual([]);
    });
  });
}
