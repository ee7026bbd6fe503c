import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, OrderId, PaymentOperationId } from '@kastoma/domain/core';
import { nothingMoved, type Payment } from '@kastoma/domain/payments';

import { presentPayment } from '../../ordering/acl/presented-payment.ts';
import { builderIds, BUILT_AT } from '../builders/builder-ids.ts';
import { dollars } from '../builders/money.builder.ts';
import { anOrderOf } from '../builders/order.builder.ts';
import { aPayment } from '../builders/payment.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCart, givenCustomer, givenVariant } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const at = (seconds: number) => (BUILT_AT + seconds * 1_000) as Instant;
const CONFLICT = { code: 'core.concurrent_update' };

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
    const add = (payment: Payment) =>
      shop().payments.run(SHOP, ({ payments }) => payments.add(payment));
    const save = (payment: Payment) =>
      shop().payments.run(SHOP, ({ payments }) => payments.save(payment));
    const stored = async (payment: Payment) =>
      (await shop().paymentReader.find(payment.state.id))._unsafeUnwrap();
    const givenPayment = async (method: 'manual' | 'test' = 'test') => {
      const payment = aPayment(await givenUnpaidOrder(), dollars('15.99'), method);
      (await add(payment))._unsafeUnwrap();
      return stored(payment);
    };
    const operation = () => builderIds.next<PaymentOperationId>();

    it('stores a payment of an order, and tells of it', async () => {
      const orderId = await givenUnpaidOrder();
      expect(await paymentsOf(orderId)).toEqual([]);
      const payment = aPayment(orderId);
      expect((await add(payment)).isOk()).toBe(true);
      expect(await paymentsOf(orderId)).toEqual([presentPayment(payment)]);
      expect(await shop().eventsOf(payment.state.id)).toEqual([
        { ...payment.pending[0], correlationId: 'test', actor: 'system' },
      ]);
    });

    it('stores a payment with what is to be asked of a provider', async () => {
      const asked = aPayment(await givenUnpaidOrder(), dollars('15.99'), 'test')
        .authorize(operation(), 'tok_visa', at(0))
        ._unsafeUnwrap();
      (await add(asked))._unsafeUnwrap();
      const found = await stored(asked);
      expect(found.state).toEqual(asked.state);
      expect([found.version, found.storedVersion]).toEqual([2, 2]);
    });

    it('keeps all that becomes of it', async () => {
      const payment = await givenPayment();
      const [a, c, r] = [operation(), operation(), operation()];
      const moved = {
        ...nothingMoved(payment.state.amount.currency),
        authorized: payment.state.amount,
      };
      const authorized = payment
        .authorize(a, 'tok_visa', at(1))
        ._unsafeUnwrap()
        .learn({ reference: `ref_${a}`, moved }, at(2))
        ._unsafeUnwrap();
      (await save(authorized))._unsafeUnwrap();
      expect((await stored(payment)).state).toEqual(authorized.state);

      const refunding = (await stored(payment))
        .capture(c, dollars('10.00'), at(3))
        ._unsafeUnwrap()
        .settle(c, { name: 'succeeded' }, at(4))
        ._unsafeUnwrap()
        .refund(r, dollars('1.00'), at(5))
        ._unsafeUnwrap()
        .settle(r, { name: 'declined', reason: 'closed' }, at(6))
        ._unsafeUnwrap()
        .abandon(at(5_000));
      (await save(refunding))._unsafeUnwrap();
      const found = await stored(payment);
      expect(found.state).toEqual(refunding.state);
      expect(await paymentsOf(payment.state.orderId)).toEqual([presentPayment(refunding)]);
      const byReference = await shop().payments.run(SHOP, ({ payments }) =>
        payments.findByReference('test', `ref_${a}`),
      );
      expect(byReference._unsafeUnwrap().state).toEqual(refunding.state);
    });

    it('finds nothing that is not there', async () => {
      const missing = aPayment(builderIds.next<OrderId>(), dollars('1.00'));
      const notFound = err({ code: 'payments.payment_not_found' });
      expect(await shop().paymentReader.find(missing.state.id)).toEqual(notFound);
      expect(
        await shop().payments.run(SHOP, ({ payments }) =>
          payments.findByReference('stripe', 'pi_nowhere'),
        ),
      ).toEqual(notFound);
    });

    it('saves what nobody else has changed meanwhile', async () => {
      const payment = await givenPayment('manual');
      const [one, other] = ['1.00', '2.00'].map((amount) =>
        payment.capture(operation(), dollars(amount), at(1))._unsafeUnwrap(),
      );
      if (one === undefined || other === undefined) expect.fail('Two changes are made.');
      (await save(one))._unsafeUnwrap();
      expect((await save(other))._unsafeUnwrapErr()).toEqual(CONFLICT);
    });

    it('stores several payments of an order at once, and finds them, the oldest first', async () => {
      const payment = await givenPayment('manual');
      const { orderId } = payment.state;
      const added = Array.from({ length: 5 }, () => aPayment(orderId));
      const runs = await times(5, (index) => add(added[index] ?? payment));
      expect(runs.every((run) => run.isOk())).toBe(true);
      const ofOrder = await shop().payments.run(SHOP, ({ payments }) => payments.ofOrder(orderId));
      expect(ofOrder._unsafeUnwrap().map(({ state }) => state.id)).toEqual(
        [payment, ...added].map(({ state }) => state.id),
      );
    });

    it('finds what holds money that is to go back, when that is due', async () => {
      const payment = await givenPayment('manual');
      const id = operation();
      const paid = payment
        .capture(id, null, at(1))
        ._unsafeUnwrap()
        .settle(id, { name: 'succeeded' }, at(1))
        ._unsafeUnwrap();
      (await save(paid))._unsafeUnwrap();
      const due = (seconds: number) =>
        shop().payments.run(SHOP, ({ payments }) => payments.findToGiveBack(at(seconds)));
      expect((await due(1_000)).isErr()).toBe(true);
      (await save((await stored(payment)).abandon(at(10))))._unsafeUnwrap();
      expect((await due(9)).isErr()).toBe(true);
      const held = (await due(10))._unsafeUnwrap();
      expect(held.state.id).toBe(payment.state.id);
      const giving = held.refund(operation(), payment.state.amount, at(11))._unsafeUnwrap();
      (await save(giving))._unsafeUnwrap();
      expect((await due(1_000)).isErr()).toBe(true);
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
