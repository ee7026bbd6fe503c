import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant } from '@kastoma/domain/core';

import { BUILT_AT } from '../builders/builder-ids.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer, givenOrder } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function providerEventsContract(open: OpenShop): void {
  describe('the events of providers', () => {
    const shop = shopOfSuite(open);
    const givenPaymentId = async () => {
      const order = await givenOrder(shop(), await givenCustomer(shop()));
      const run = await shop().payments.run(SHOP, ({ payments }) =>
        payments.ofOrder(order.state.id),
      );
      return run._unsafeUnwrap()[0]?.state.id ?? expect.fail('An order has a payment.');
    };
    const taker = async (provider: 'test' | 'stripe' = 'test') => {
      const paymentId = await givenPaymentId();
      return (id: string, at = BUILT_AT) =>
        shop().payments.run(SHOP, ({ events }) =>
          events.take({ provider, id, paymentId }, at as Instant),
        );
    };

    it('are taken once each, however many come at once', async () => {
      const take = await taker();
      const runs = await times(5, () => take('evt_1'));
      expect(runs.filter((run) => run.isOk() && run.value)).toHaveLength(1);
      expect((await take('evt_2'))._unsafeUnwrap()).toBe(true);
      const ofAnother = await taker('stripe');
      expect((await ofAnother('evt_1'))._unsafeUnwrap()).toBe(true);
    });

    it('are not taken by a transaction that failed', async () => {
      const paymentId = await givenPaymentId();
      const run = await shop().payments.run(SHOP, ({ events }) =>
        events
          .take({ provider: 'test', id: 'evt_3', paymentId }, BUILT_AT as Instant)
          .andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run.isErr()).toBe(true);
      const take = await taker();
      expect((await take('evt_3'))._unsafeUnwrap()).toBe(true);
    });

    it('are forgotten when they are old', async () => {
      const take = await taker();
      expect((await take('evt_old', BUILT_AT - 1))._unsafeUnwrap()).toBe(true);
      expect((await take('evt_new', BUILT_AT))._unsafeUnwrap()).toBe(true);
      await shop().providerEvents.forgetBefore(BUILT_AT as Instant);
      expect((await take('evt_old'))._unsafeUnwrap()).toBe(true);
      expect((await take('evt_new'))._unsafeUnwrap()).toBe(false);
    });
  });
}
