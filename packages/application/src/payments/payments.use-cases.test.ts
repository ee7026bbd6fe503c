import { beforeEach, describe, expect, it } from 'vitest';

import type { OrderId, PaymentId, PaymentOperationId } from '@kastoma/domain/core';
import type { Payment } from '@kastoma/domain/payments';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { aPayment } from '../testing/builders/payment.builder.ts';
import { SHOP, underKey } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { paymentUseCases, type PaymentUseCases } from '../testing/payment-use-cases.ts';
import { FakePaymentProvider } from '../testing/ports/fake-payment-provider.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { OPERATION_LEASE_MILLISECONDS } from './operation-queue.port.ts';

const LEASE_SECONDS = OPERATION_LEASE_MILLISECONDS / 1_000;

let shop: ShopPorts;
let provider: FakePaymentProvider;
let useCases: PaymentUseCases;

beforeEach(() => {
  shop = inMemoryShop();
  provider = new FakePaymentProvider('test');
  useCases = paymentUseCases(shop, [new FakePaymentProvider('manual'), provider]);
});

const found = async (id: PaymentId) => (await shop.paymentReader.find(id))._unsafeUnwrap();

async function store(payment: Payment): Promise<PaymentId> {
  const run = await shop.payments.run(SHOP, ({ payments }) => payments.add(payment));
  expect(run.isOk()).toBe(true);
  return payment.state.id;
}

async function change(id: PaymentId, by: (payment: Payment) => Payment): Promise<void> {
  const run = await shop.payments.run(SHOP, ({ payments }) =>
    payments.find(id).andThen((payment) => payments.save(by(payment))),
  );
  expect(run.isOk()).toBe(true);
}

/** A payment whose promise is to be asked for; by whoever placed the order. */
async function givenAsked() {
  const operation = builderIds.next<PaymentOperationId>();
  const payment = aPayment(builderIds.next<OrderId>(), dollars('15.99'), 'test')
    .authorize(operation, 'tok_visa', shop.clock.now())
    ._unsafeUnwrap();
  return { id: await store(payment), operation };
}

async function givenAuthorized(): Promise<PaymentId> {
  const { id, operation } = await givenAsked();
  expect((await useCases.carryOut.execute(operation, SHOP))._unsafeUnwrap().outcome).toBe(
    'succeeded',
  );
  return id;
}

async function capture(id: PaymentId, context = SHOP) {
  const { orderId } = (await found(id)).state;
  return useCases.capturePayment.execute({ orderId, paymentId: id, amount: null }, context);
}

const capturedAtProvider = async (id: PaymentId) => {
  const { amount } = (await found(id)).state;
  return provider.account({ paymentId: id, amount }).moved.captured;
};
const asks = (call: string) => provider.asked.filter((asked) => asked.call === call);

describe('capturing', () => {
  it('asks the provider once, under the operation’s own key, and learns what has moved', async () => {
    const id = await givenAuthorized();
    const payment = (await capture(id))._unsafeUnwrap();
    expect(payment).toMatchObject({ status: 'paid', captured: dollars('15.99') });
    const [asked] = asks('capture');
    expect(asked?.request).toMatchObject({
      operationId: (await found(id)).state.operations[1]?.id,
      reference: `fake_${id}`,
      isRepeated: false,
    });
  });

  it('survives a crash between the provider and the shop: the job finds the money, which moved once', async () => {
    const id = await givenAuthorized();
    provider.next = new Error('killed');
    await expect(Promise.resolve(capture(id))).rejects.toThrow('killed');
    // The provider had done its part.
    const [open] = (await found(id)).state.operations.slice(-1);
    if (open === undefined) expect.fail('The intent is written down.');
    const { state } = await found(id);
    await provider.capture({
      operationId: open.id,
      paymentId: id,
      orderId: state.orderId,
      amount: open.amount,
      reference: state.reference,
      token: null,
      isRepeated: false,
    });
    expect((await found(id)).status).toBe('authorized');

    expect(await useCases.reconcilePayments.execute(SHOP)).toEqual([]);
    shop.clock.advance(LEASE_SECONDS);
    expect(await useCases.reconcilePayments.execute(SHOP)).toMatchObject([
      { id: open.id, outcome: 'succeeded' },
    ]);
    expect((await found(id)).status).toBe('paid');
    expect(await capturedAtProvider(id)).toEqual(dollars('15.99'));
  });

  it('whose answer is lost is told as such, and the same request again goes on with it', async () => {
    const id = await givenAuthorized();
    const context = underKey(SHOP, 'capture');
    provider.next = 'lost';
    expect((await capture(id, context))._unsafeUnwrapErr()).toEqual({
      code: 'payments.provider_not_answering',
    });
    expect((await capture(id, context))._unsafeUnwrap()).toMatchObject({ status: 'paid' });
    expect((await capture(id, context))._unsafeUnwrapErr()).toMatchObject({
      code: 'core.idempotent_replay',
      answer: { body: expect.stringContaining('"paid"') as string },
    });
    expect(await capturedAtProvider(id)).toEqual(dollars('15.99'));
    expect((await found(id)).state.operations).toHaveLength(2);
  });

  it('that a provider refuses moves nothing, and its key is free again', async () => {
    const id = await givenAuthorized();
    const context = underKey(SHOP, 'refused');
    provider.next = { name: 'declined', reason: 'expired', report: null };
    expect((await capture(id, context))._unsafeUnwrapErr()).toEqual({
      code: 'payments.declined',
      reason: 'expired',
    });
    expect((await capture(id, context))._unsafeUnwrap()).toMatchObject({ status: 'paid' });
  });

  it('is in flight for a second request while the first is with the provider', async () => {
    const id = await givenAuthorized();
    const context = underKey(SHOP, 'twice');
    const held = Promise.withResolvers<void>();
    const slow = provider.capture.bind(provider);
    provider.capture = async (request) => {
      await held.promise;
      return slow(request);
    };
    const first = capture(id, context);
    await expect
      .poll(async () => (await capture(id, context))._unsafeUnwrapErr().code)
      .toBe('core.idempotency_key_in_flight');
    held.resolve();
    expect((await first).isOk()).toBe(true);
    expect(asks('capture')).toHaveLength(1);
  });

  it('of another order’s payment is not possible', async () => {
    const id = await givenAuthorized();
    const orderId = builderIds.next<OrderId>();
    const run = useCases.capturePayment.execute({ orderId, paymentId: id, amount: null }, SHOP);
    expect((await run)._unsafeUnwrapErr()).toEqual({ code: 'payments.payment_not_found' });
  });
});

describe('reconciling', () => {
  it('asks later and later while nobody answers, and gives up where a key is no good any more', async () => {
    const { id, operation } = await givenAsked();
    const pauses: number[] = [];
    let waited = 0;
    provider.authorize = async () => ({ name: 'unknown', reason: 'network' });
    expect((await useCases.carryOut.execute(operation, SHOP)).isOk()).toBe(true);
    while ((await useCases.reconcilePayments.standing()).stuck === 0) {
      shop.clock.advance(5);
      waited += 5;
      const reports = await useCases.reconcilePayments.execute(SHOP);
      if (reports.length > 0) pauses.push(waited);
      if (reports.length > 0) waited = 0;
    }
    expect(pauses.slice(0, 11)).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600]);
    expect(pauses).toHaveLength(23);
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(24 * 3_600);
    expect((await found(id)).status).toBe('pending');
    expect((await useCases.reconcilePayments.standing()).oldestOpenSeconds).toBeGreaterThan(0);
  });

  it('looks a promise up that was under way, instead of asking for it again', async () => {
    const { id, operation } = await givenAsked();
    const { amount } = (await found(id)).state;
    const report = provider.account({ paymentId: id, amount });
    provider.next = { name: 'under_way', report, clientSecret: 'secret' };
    const carried = (await useCases.carryOut.execute(operation, SHOP))._unsafeUnwrap();
    expect(carried).toMatchObject({ outcome: 'under_way', clientSecret: 'secret' });
    provider.promise({ paymentId: id, amount });
    shop.clock.advance(5);
    await useCases.reconcilePayments.execute(SHOP);
    expect((await found(id)).status).toBe('authorized');
    expect(provider.asked.map(({ call }) => call)).toEqual(['authorize', 'find']);
  });

  it('waits for a customer who was to go on with the provider, and in the end lets the promise go', async () => {
    const { id, operation } = await givenAsked();
    const { amount } = (await found(id)).state;
    const report = provider.account({ paymentId: id, amount });
    provider.next = { name: 'under_way', report, clientSecret: 'secret' };
    expect((await useCases.carryOut.execute(operation, SHOP)).isOk()).toBe(true);
    for (let hour = 0; hour < 40; hour += 1) {
      shop.clock.advance(3_600);
      await useCases.reconcilePayments.execute(SHOP);
    }
    expect((await found(id)).status).toBe('voided');
    expect(asks('void')).toHaveLength(1);
    expect(await useCases.reconcilePayments.standing()).toEqual({ oldestOpenSeconds: 0, stuck: 0 });
  });

  it('tells of a provider that breaks, and tries again when the lease has ended', async () => {
    const { id } = await givenAsked();
    shop.clock.advance(LEASE_SECONDS);
    const error = new Error('a defect');
    provider.next = error;
    expect(await useCases.reconcilePayments.execute(SHOP)).toMatchObject([
      { paymentId: id, outcome: 'failed', error },
    ]);
    expect(await useCases.reconcilePayments.execute(SHOP)).toEqual([]);
    shop.clock.advance(LEASE_SECONDS);
    await useCases.reconcilePayments.execute(SHOP);
    expect((await found(id)).status).toBe('authorized');
  });

  it('waits for a provider that the shop does not have any more', async () => {
    const { id } = await givenAsked();
    const without = paymentUseCases(shop, []);
    shop.clock.advance(LEASE_SECONDS);
    expect(await without.reconcilePayments.execute(SHOP)).toMatchObject([{ outcome: 'unknown' }]);
    expect((await found(id)).status).toBe('pending');
  });

  it('by many at once asks once', async () => {
    await givenAsked();
    shop.clock.advance(LEASE_SECONDS);
    await Promise.all(Array.from({ length: 5 }, () => useCases.reconcilePayments.execute(SHOP)));
    expect(asks('authorize')).toHaveLength(1);
  });
});

describe('money for an order that cannot be kept', () => {
  const abandon = (id: PaymentId) => change(id, (payment) => payment.abandon(shop.clock.now()));

  it('is let go when it was promised', async () => {
    const id = await givenAuthorized();
    await abandon(id);
    expect(await useCases.reconcilePayments.execute(SHOP)).toMatchObject([
      { outcome: 'succeeded' },
    ]);
    expect((await found(id)).status).toBe('voided');
  });

  it('is paid back when it came in, once', async () => {
    const id = await givenAuthorized();
    expect((await capture(id)).isOk()).toBe(true);
    await abandon(id);
    await useCases.reconcilePayments.execute(SHOP);
    await useCases.reconcilePayments.execute(SHOP);
    expect((await found(id)).status).toBe('refunded');
    expect(asks('refund')).toHaveLength(1);
  });

  it('is let go when the promise comes after all', async () => {
    const { id } = await givenAsked();
    await abandon(id);
    expect(await useCases.reconcilePayments.execute(SHOP)).toEqual([]);
    shop.clock.advance(LEASE_SECONDS);
    await useCases.reconcilePayments.execute(SHOP);
    expect((await found(id)).status).toBe('authorized');
    await useCases.reconcilePayments.execute(SHOP);
    expect((await found(id)).status).toBe('voided');
  });

  it('is asked back again later where the provider refuses', async () => {
    const id = await givenAuthorized();
    await abandon(id);
    provider.next = { name: 'declined', reason: 'busy', report: null };
    await useCases.reconcilePayments.execute(SHOP);
    expect(await useCases.reconcilePayments.execute(SHOP)).toEqual([]);
    shop.clock.advance(60);
    await useCases.reconcilePayments.execute(SHOP);
    expect((await found(id)).status).toBe('voided');
  });
});
