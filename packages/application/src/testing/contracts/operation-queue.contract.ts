import { describe, expect, it } from 'vitest';

import type { Instant, PaymentOperationId } from '@kastoma/domain/core';

import {
  OPERATION_LEASE_MILLISECONDS as LEASE,
  type ClaimedOperation,
} from '../../payments/operation-queue.port.ts';
import { builderIds, BUILT_AT } from '../builders/builder-ids.ts';
import { dollars } from '../builders/money.builder.ts';
import { aPayment } from '../builders/payment.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer, givenOrder } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const at = (milliseconds: number) => (BUILT_AT + milliseconds) as Instant;

export function operationQueueContract(open: OpenShop): void {
  describe('the queue of operations', () => {
    const shop = shopOfSuite(open);
    /** An operation that was asked for at 0; nobody was asked yet. */
    const givenOperation = async () => {
      const order = await givenOrder(shop(), await givenCustomer(shop()));
      const id = builderIds.next<PaymentOperationId>();
      const run = await shop().payments.run(SHOP, ({ payments }) =>
        payments.ofOrder(order.state.id).andThen(([manual]) => {
          if (manual === undefined) return expect.fail('An order has a payment.');
          const asked = aPayment(order.state.id, dollars('15.99'), 'test')
            .authorize(id, null, at(0))
            ._unsafeUnwrap();
          return payments
            .save(manual.abandon(at(0)))
            .andThen(() => payments.add(asked).map(() => asked.state.id));
        }),
      );
      return { id, paymentId: run._unsafeUnwrap() };
    };
    const settle = async ({ id, paymentId }: Awaited<ReturnType<typeof givenOperation>>) => {
      const no = { name: 'declined', reason: 'no' } as const;
      const run = await shop().payments.run(SHOP, ({ payments }) =>
        payments
          .find(paymentId)
          .andThen((payment) => payment.settle(id, no, at(1)))
          .andThen((payment) => payments.save(payment)),
      );
      expect(run.isOk()).toBe(true);
    };
    const claim = (id: PaymentOperationId, now: number) =>
      shop().operationQueue.claim(id, at(now), at(now + LEASE));
    const due = async (now: number, limit = 100) =>
      (await shop().operationQueue.claimDue(limit, at(now), at(now + LEASE))).map(({ id }) => id);
    const claimed = async (id: PaymentOperationId, now: number): Promise<ClaimedOperation> => {
      const outcome = await claim(id, now);
      return outcome.name === 'claimed' ? outcome.operation : expect.fail(outcome.name);
    };

    it('gives an operation to one at a time, until the lease ends', async () => {
      const { id, paymentId } = await givenOperation();
      const claims = await times(5, () => claim(id, 0));
      expect(claims.filter(({ name }) => name === 'in_flight')).toHaveLength(4);
      expect(claims).toContainEqual({
        name: 'claimed',
        operation: { id, paymentId, attempts: 1 },
      });
      expect(await claim(id, LEASE - 1)).toEqual({ name: 'in_flight' });
      expect(await claimed(id, LEASE)).toMatchObject({ attempts: 2 });
    });

    it('knows what is settled, and what never was', async () => {
      const operation = await givenOperation();
      await settle(operation);
      expect(await claim(operation.id, 0)).toEqual({
        name: 'settled',
        paymentId: operation.paymentId,
      });
      expect(await claim(builderIds.next<PaymentOperationId>(), 0)).toEqual({ name: 'not_found' });
      expect(await due(10 * LEASE)).not.toContain(operation.id);
    });

    it('leaves a new operation to whoever wrote it down, and then to anybody', async () => {
      const { id } = await givenOperation();
      expect(await due(LEASE - 1)).not.toContain(id);
      expect(await due(LEASE)).toContain(id);
      expect(await due(LEASE)).not.toContain(id);
    });

    it('gives no operation to two who ask at once', async () => {
      const { id } = await givenOperation();
      const taken = await times(5, () => due(LEASE));
      expect(taken.flat().filter((one) => one === id)).toHaveLength(1);
    });

    it('asks again when it was said to, and never where it is for a person', async () => {
      const { id } = await givenOperation();
      await shop().operationQueue.postpone(await claimed(id, 0), 'network', at(5_000));
      expect(await due(4_999)).not.toContain(id);
      expect(await due(5_000)).toContain(id);
      const before = (await shop().operationQueue.standing()).stuck;
      const again = await claimed(id, 5_000 + LEASE);
      await shop().operationQueue.postpone(again, 'network', null);
      expect(await due(100 * LEASE)).not.toContain(id);
      expect((await shop().operationQueue.standing()).stuck).toBe(before + 1);
      expect((await claim(id, 100 * LEASE)).name).toBe('claimed');
    });

    it('takes no word of somebody whose lease has ended', async () => {
      const { id } = await givenOperation();
      const first = await claimed(id, 0);
      await claimed(id, LEASE);
      await shop().operationQueue.postpone(first, 'network', at(0));
      expect(await claim(id, LEASE + 1)).toEqual({ name: 'in_flight' });
    });

    it('knows since when the oldest is open', async () => {
      await givenOperation();
      expect((await shop().operationQueue.standing()).oldestOpenAt).toBe(at(0));
    });
  });
}
