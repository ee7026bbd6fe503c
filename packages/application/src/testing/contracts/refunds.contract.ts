import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, OrderId, PaymentOperationId, RefundId } from '@kastoma/domain/core';
import type { Order, RefundRequest } from '@kastoma/domain/ordering';

import { refundHeldOrder } from '../../ordering/refund-of-order.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { dollars } from '../builders/money.builder.ts';
import { anOrderOf } from '../builders/order.builder.ts';
import { aPayment } from '../builders/payment.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCart, givenCustomer, givenVariant } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const LATER = (BUILT_AT + 60_000) as Instant;

export function refundsContract(open: OpenShop): void {
  describe('refunds of orders', () => {
    const shop = shopOfSuite(open);
    const given = async (): Promise<Order> => {
      const wanted = [
        { ...(await givenVariant(shop())), quantity: 3 },
        { ...(await givenVariant(shop())), quantity: 1 },
      ];
      const cart = await givenCart(shop(), await givenCustomer(shop()), wanted);
      const order = anOrderOf(cart, { reduced: true });
      const captured = aPayment(order.state.id, order.state.totals.total)
        .capture(builderIds.next<PaymentOperationId>(), null, LATER)
        .andThen((asked) =>
          asked.settle(
            asked.state.operations[0]?.id ?? builderIds.next<PaymentOperationId>(),
            { name: 'succeeded' },
            LATER,
          ),
        )
        ._unsafeUnwrap();
      const added = await shop().ordering.run(SHOP, ({ orders }) => orders.add(order));
      expect(added.isOk()).toBe(true);
      const paid = await shop().payments.run(SHOP, ({ payments }) => payments.add(captured));
      expect(paid.isOk()).toBe(true);
      return order;
    };
    const refund = (id: OrderId, request: RefundRequest, reason = 'Broken') =>
      shop().ordering.run(SHOP, (tx) =>
        tx.orders.hold(id, null).andThen((order) =>
          refundHeldOrder(tx, order, request, {
            id: builderIds.next<RefundId>(),
            reason,
            at: LATER,
          }),
        ),
      );
    const refundsOf = (id: OrderId) => shop().refundQueries.ofOrder(id, null);
    const lineOf = ({ state }: Order, index: number, quantity: number) => ({
      itemId: state.items[index]?.id ?? '',
      quantity,
    });

    it('are kept as they were frozen, the oldest first, with what pays them out', async () => {
      const order = await given();
      const { id, customerId } = order.state;
      expect(await refundsOf(id)).toEqual(ok([]));
      const first = (
        await refund(id, { lines: [lineOf(order, 1, 1), lineOf(order, 0, 2)] }, 'Two\nof three')
      )._unsafeUnwrap().refund;
      const second = (
        await refund(id, { amount: dollars('0.07'), shipping: 'all' }, '')
      )._unsafeUnwrap().refund;
      expect(first).toMatchObject({
        reason: 'Two\nof three',
        status: 'pending',
        lines: [{ quantity: 2 }, { quantity: 1 }],
        payouts: [{ outcome: 'open', amount: first.amount }],
      });
      expect(await refundsOf(id)).toEqual(ok([first, second]));
      expect(await shop().refundQueries.ofOrder(id, customerId)).toEqual(ok([first, second]));
      const held = await shop().ordering.run(SHOP, ({ orders }) => orders.hold(id, null));
      const { refunds } = held._unsafeUnwrap().state;
      expect(refunds).toEqual(
        [first, second].map(({ status: _, paidOut: __, payouts: ___, ...frozen }) => frozen),
      );
      const view = (await shop().orderQueries.find(id, null))._unsafeUnwrap();
      expect(view.refunds).toEqual(refunds);
    });

    it('say how far they have been paid out', async () => {
      const order = await given();
      const { id } = order.state;
      const settle = async (outcome: 'succeeded' | 'declined') => {
        const run = await shop().payments.run(SHOP, ({ payments }) =>
          payments.ofOrder(id).andThen(([payment]) => {
            const last = payment?.state.operations.at(-1);
            if (payment === undefined || last === undefined) throw new Error('It was asked.');
            const answer =
              outcome === 'succeeded' ? { name: outcome } : { name: outcome, reason: 'no' };
            return payment.settle(last.id, answer, LATER).asyncAndThen((it) => payments.save(it));
          }),
        );
        expect(run.isOk()).toBe(true);
      };
      const { amount } = (await refund(id, { shipping: 'all' }))._unsafeUnwrap().refund;
      await settle('succeeded');
      expect((await refund(id, { amount: dollars('1.00') })).isOk()).toBe(true);
      await settle('declined');
      expect((await refundsOf(id))._unsafeUnwrap()).toMatchObject([
        { status: 'succeeded', paidOut: amount, payouts: [{ outcome: 'succeeded' }] },
        { status: 'failed', payouts: [{ outcome: 'declined', declineReason: 'no' }] },
      ]);
    });

    it('are nobody else’s to see', async () => {
      const { state } = await given();
      const notFound = err({ code: 'ordering.order_not_found' });
      const other = await givenCustomer(shop());
      expect(await shop().refundQueries.ofOrder(state.id, other)).toEqual(notFound);
      expect(await refundsOf(builderIds.next<OrderId>())).toEqual(notFound);
    });

    it('of one unit that ten ask for at once are one', async () => {
      const order = await given();
      const { id } = order.state;
      const runs = await times(10, () => refund(id, { lines: [lineOf(order, 1, 1)] }));
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
      for (const run of runs.filter((it) => it.isErr()))
        expect(run._unsafeUnwrapErr().code).toBe('ordering.too_many_units');
      expect((await refundsOf(id))._unsafeUnwrap()).toHaveLength(1);
    });

    it('leave nothing where the transaction fails', async () => {
      const order = await given();
      const { id } = order.state;
      const run = await shop().ordering.run(SHOP, (tx) =>
        tx.orders
          .hold(id, null)
          .andThen((held) =>
            refundHeldOrder(
              tx,
              held,
              { shipping: 'all' },
              { id: builderIds.next<RefundId>(), reason: '', at: LATER },
            ),
          )
          .andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run).toEqual(err({ code: 'test.refused' }));
      expect(await refundsOf(id)).toEqual(ok([]));
      expect((await refund(id, { shipping: 'all' })).isOk()).toBe(true);
    });
  });
}
