import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, PaymentId, PaymentOperationId, RefundId } from '@kastoma/domain/core';
import type { Payment } from '@kastoma/domain/payments';

import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { dollars } from '../builders/money.builder.ts';
import { aPayment } from '../builders/payment.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer, givenOrder } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const LATER = (BUILT_AT + 60_000) as Instant;
const NO = { name: 'declined', reason: 'insufficient_balance' } as const;

export function stuckOperationsContract(open: OpenShop): void {
  describe('operations that nobody tries any more', () => {
    const shop = shopOfSuite(open);
    const nextId = () => builderIds.next<PaymentOperationId>();
    const listed = async (paymentId: PaymentId) => {
      const { items } = await shop().stuckOperations.list({ page: 1, pageSize: 100 });
      return items.filter((stuck) => stuck.paymentId === paymentId);
    };
    const change = async (id: PaymentId, by: (payment: Payment) => Payment) => {
      const run = await shop().payments.run(SHOP, ({ payments }) =>
        payments.find(id).andThen((payment) => payments.save(by(payment))),
      );
      expect(run.isOk()).toBe(true);
    };
    /** A payment of 15.99 in hand, and a refund of 1.00 of its order that nobody has paid out. */
    const given = async () => {
      const { id: orderId } = (await givenOrder(shop(), await givenCustomer(shop()))).state;
      const take = nextId();
      const payment = aPayment(orderId)
        .capture(take, null, LATER)
        .andThen((asked) => asked.settle(take, { name: 'succeeded' }, LATER))
        ._unsafeUnwrap();
      const refundId = builderIds.next<RefundId>();
      const stored = await shop().ordering.run(SHOP, ({ orders }) =>
        orders
          .hold(orderId, null)
          .andThen((order) =>
            order.refund({ amount: dollars('1.00') }, { id: refundId, reason: '', at: LATER }),
          )
          .andThen((order) => orders.save(order)),
      );
      expect(stored.isOk()).toBe(true);
      const added = await shop().payments.run(SHOP, ({ payments }) => payments.add(payment));
      expect(added.isOk()).toBe(true);
      return { id: payment.state.id, orderId, refundId };
    };
    const refuse = (id: PaymentId, refundId: RefundId | null, amount = dollars('1.00')) => {
      const operationId = nextId();
      return change(id, (payment) =>
        payment
          .refund(operationId, amount, LATER, refundId)
          .andThen((asked) => asked.settle(operationId, NO, LATER))
          ._unsafeUnwrap(),
      ).then(() => operationId);
    };

    it('are refused refunds, the last refusal of each, until one is asked for anew', async () => {
      const { id, orderId, refundId } = await given();
      await refuse(id, refundId);
      const operationId = await refuse(id, refundId);
      expect(await listed(id)).toEqual([
        {
          id: operationId,
          paymentId: id,
          orderId,
          method: 'manual',
          kind: 'refund',
          amount: dollars('1.00'),
          outcome: 'declined',
          reason: 'insufficient_balance',
          refundId,
          requestedAt: LATER,
        },
      ]);
      await change(id, (payment) => payment.askAgain(operationId, nextId(), LATER)._unsafeUnwrap());
      expect(await listed(id)).toEqual([]);
    });

    it('are no refused refunds whose money goes back by itself', async () => {
      const { id, refundId } = await given();
      await refuse(id, refundId);
      expect(await listed(id)).toHaveLength(1);
      await change(id, (payment) => payment.abandon(LATER));
      expect(await listed(id)).toEqual([]);
    });

    it('are open ones that were given up, until a person wants them tried again', async () => {
      const { id, refundId } = await given();
      const operationId = nextId();
      await change(id, (payment) =>
        payment.refund(operationId, dollars('1.00'), LATER, refundId)._unsafeUnwrap(),
      );
      expect(await listed(id)).toEqual([]);
      const { operationQueue: queue } = shop();
      await queue.requeue(operationId, LATER);
      const claim = await queue.claim(operationId, LATER, (LATER + 1_000) as Instant);
      if (claim.name !== 'claimed') expect.fail('It was free.');
      expect(claim.operation.attempts).toBe(1);
      await queue.postpone(claim.operation, 'network', null);
      expect(await listed(id)).toMatchObject([{ id: operationId, outcome: 'open' }]);
      await queue.requeue(operationId, LATER);
      expect(await listed(id)).toEqual([]);
      const again = await queue.claim(operationId, LATER, (LATER + 1_000) as Instant);
      expect(again).toMatchObject({ name: 'claimed', operation: { attempts: 2 } });
    });

    it('are the last refusal of what an abandoned payment gives back, when it gives up', async () => {
      const { id } = await given();
      await change(id, (payment) => payment.abandon(LATER));
      for (let refusal = 0; refusal < 7; refusal += 1) await refuse(id, null, dollars('15.99'));
      expect(await listed(id)).toEqual([]);
      const last = await refuse(id, null, dollars('15.99'));
      expect(await listed(id)).toMatchObject([{ id: last, refundId: null }]);
    });

    it('lead to their payment, which is held; others lead nowhere', async () => {
      const { id, refundId } = await given();
      const operationId = await refuse(id, refundId);
      const paymentOf = (asked: PaymentOperationId) =>
        shop().payments.run(SHOP, ({ payments }) =>
          payments.findByOperation(asked).map(({ state }) => state.id),
        );
      expect(await paymentOf(operationId)).toEqual(ok(id));
      expect(await paymentOf(nextId())).toEqual(err({ code: 'payments.operation_not_found' }));
    });
  });
}
