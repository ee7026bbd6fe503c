import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  asCustomer,
  FakePaymentProvider,
  givenCustomer,
  givenOrder,
  orderingUseCases,
  paymentUseCases,
  SHOP,
  times,
  underKey,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { OrderId, PaymentId, UserId } from '@kastoma/domain/core';
import type { Payment } from '@kastoma/domain/payments';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

let test: TestDatabase;
let shop: ShopPorts;
let customerId: UserId;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 20 });
  shop = postgresShop(test.database);
  customerId = await givenCustomer(shop);
});

afterAll(async () => {
  await test.drop();
});

function opened() {
  const provider = new FakePaymentProvider('test');
  const payments = paymentUseCases(shop, [provider]);
  const { payOrder } = orderingUseCases(shop, { carryOut: payments.carryOut });
  const pay = (orderId: OrderId, context = asCustomer(customerId)) =>
    payOrder.execute({ orderId, customerId, method: 'test', token: null }, context);
  return { provider, ...payments, pay };
}

const paymentsOf = async (orderId: OrderId): Promise<readonly Payment[]> =>
  (await shop.payments.run(SHOP, ({ payments }) => payments.ofOrder(orderId)))._unsafeUnwrap();

async function givenPaid({ pay }: Pick<ReturnType<typeof opened>, 'pay'>) {
  const orderId = (await givenOrder(shop, customerId)).state.id;
  const payment = (await pay(orderId))._unsafeUnwrap();
  expect(payment.status).toBe('authorized');
  return { orderId, paymentId: payment.id as PaymentId };
}

async function abandon(id: PaymentId): Promise<void> {
  const run = await shop.payments.run(SHOP, ({ payments }) =>
    payments.find(id).andThen((payment) => payments.save(payment.abandon(shop.clock.now()))),
  );
  expect(run.isOk()).toBe(true);
}

describe('at once', () => {
  it('a capture and the end of the order leave the customer with all or nothing', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { provider, capturePayment, reconcilePayments, pay } = opened();
      const { orderId, paymentId } = await givenPaid({ pay });
      const capture = capturePayment.execute({ orderId, paymentId, amount: null }, SHOP);
      const [captured] = await Promise.all([capture, abandon(paymentId)]);
      if (captured.isErr()) expect(captured.error.code).toBe('payments.step_not_possible');
      await reconcilePayments.execute(SHOP);
      await reconcilePayments.execute(SHOP);
      const payment = (await shop.paymentReader.find(paymentId))._unsafeUnwrap();
      expect(['voided', 'refunded']).toContain(payment.status);
      const { moved } = provider.account({ paymentId, amount: payment.state.amount });
      expect(moved.captured).toEqual(moved.refunded);
      expect(payment.state.operations.every(({ outcome }) => outcome.name !== 'open')).toBe(true);
    }
  });

  it('ten captures of one payment take the money once', async () => {
    const { provider, capturePayment, pay } = opened();
    const { orderId, paymentId } = await givenPaid({ pay });
    const runs = await times(10, () =>
      capturePayment.execute({ orderId, paymentId, amount: null }, SHOP),
    );
    expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    expect(provider.asked.filter(({ call }) => call === 'capture')).toHaveLength(1);
  });

  it('ten requests under one key ask the provider once, and none waits', async () => {
    const { provider, capturePayment, pay } = opened();
    const { orderId, paymentId } = await givenPaid({ pay });
    const context = underKey(SHOP, `capture ${paymentId}`);
    const runs = await times(10, () =>
      capturePayment.execute({ orderId, paymentId, amount: null }, context),
    );
    const codes = runs.map((run) => (run.isOk() ? 'ok' : run.error.code));
    expect(codes).toContain('ok');
    for (const code of codes)
      expect(['ok', 'core.idempotency_key_in_flight', 'core.idempotent_replay']).toContain(code);
    expect(provider.asked.filter(({ call }) => call === 'capture')).toHaveLength(1);
  });

  it('ten ways to pay for one order make one payment', async () => {
    const { pay, provider } = opened();
    const orderId = (await givenOrder(shop, customerId)).state.id;
    const runs = await times(10, () => pay(orderId));
    expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    expect((await paymentsOf(orderId)).map(({ status }) => status)).toEqual([
      'voided',
      'authorized',
    ]);
    expect(provider.asked).toHaveLength(1);
  });

  it('an event that comes ten times, while the provider answers, counts once', async () => {
    const { provider, receiveProviderEvent, pay } = opened();
    const orderId = (await givenOrder(shop, customerId)).state.id;
    const authorize = provider.authorize.bind(provider);
    provider.authorize = async (request) => {
      const answer = await authorize(request);
      const report = provider.account(request);
      provider.delivers({
        id: `evt_${request.paymentId}`,
        reference: report.reference,
        paymentId: request.paymentId,
        report,
        settled: null,
      });
      const message = { provider: 'test', body: new Uint8Array(1), header: () => 'good' };
      const received = await times(10, async () => receiveProviderEvent.execute(message, SHOP));
      const outcomes = received.map((run) => run._unsafeUnwrap());
      expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'known')).toHaveLength(9);
      return answer;
    };
    const payment = (await pay(orderId))._unsafeUnwrap();
    expect(payment.status).toBe('authorized');
    const events = await shop.eventsOf(payment.id);
    expect(events.filter(({ type }) => type === 'payments.payment_authorized')).toHaveLength(1);
  });

  it('five who reconcile share the work out', async () => {
    const { provider, reconcilePayments, pay } = opened();
    const orders = await times(8, async () => (await givenOrder(shop, customerId)).state.id);
    provider.authorize = async () => ({ name: 'unknown', reason: 'network' });
    for (const orderId of orders) expect((await pay(orderId)).isOk()).toBe(true);
    const asked: string[] = [];
    provider.authorize = async ({ operationId }) => {
      asked.push(operationId);
      return { name: 'declined', reason: 'no', report: null };
    };
    shop.clock.advance(5);
    await times(5, () => reconcilePayments.execute(SHOP));
    expect(asked).toHaveLength(8);
    expect(new Set(asked).size).toBe(8);
  });
});
