import { okAsync } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Instant, OrderId, PaymentOperationId } from '@kastoma/domain/core';
import { nothingMoved, type Payment } from '@kastoma/domain/payments';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { dollars, money } from '../testing/builders/money.builder.ts';
import { aPayment } from '../testing/builders/payment.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { paymentUseCases } from '../testing/payment-use-cases.ts';
import { FakePaymentProvider } from '../testing/ports/fake-payment-provider.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { OPERATION_LEASE_MILLISECONDS } from './operation-queue.port.ts';

const LEASE_SECONDS = OPERATION_LEASE_MILLISECONDS / 1_000;
const MOST_ATTEMPTS = 24;

let shop: ShopPorts;
let provider: FakePaymentProvider;

beforeEach(() => {
  shop = inMemoryShop();
  provider = new FakePaymentProvider('test');
});

const useCases = (ports: ShopPorts = shop) => paymentUseCases(ports, [provider]);
const aNewPayment = () => aPayment(builderIds.next<OrderId>(), dollars('15.99'), 'test');

async function store(payment: Payment): Promise<void> {
  const run = await shop.payments.run(SHOP, ({ payments }) => payments.add(payment));
  expect(run.isOk()).toBe(true);
}

/** A payment whose promise is to be asked for. */
function asking(payment: Payment) {
  const operation = builderIds.next<PaymentOperationId>();
  const asked = payment.authorize(operation, 'tok_visa', shop.clock.now())._unsafeUnwrap();
  return { asked, claim: { id: operation, paymentId: payment.state.id, attempts: 1 } };
}

async function givenAsked() {
  const { asked, claim } = asking(aNewPayment());
  await store(asked);
  return claim;
}

/** Whoever takes it over dies before the provider is asked. */
async function takeOverAndDie(id: PaymentOperationId): Promise<void> {
  const now = shop.clock.now();
  const until = (now + OPERATION_LEASE_MILLISECONDS) as Instant;
  expect((await shop.operationQueue.claim(id, now, until)).name).toBe('claimed');
  shop.clock.advance(LEASE_SECONDS);
}

const standing = async ({ paymentId }: { paymentId: Payment['state']['id'] }) =>
  (await shop.paymentReader.find(paymentId))._unsafeUnwrap();

describe('what a provider is to be asked for', () => {
  it('is not there where nobody wrote it down', async () => {
    await givenAsked();
    const unknown = builderIds.next<PaymentOperationId>();
    expect((await useCases().carryOut.execute(unknown, SHOP))._unsafeUnwrapErr()).toEqual({
      code: 'payments.payment_not_found',
    });
    expect(provider.asked).toEqual([]);
  });

  it('is not asked for when a provider’s event settled it after it was claimed', async () => {
    const claim = await givenAsked();
    expect((await useCases().carryOut.execute(claim.id, SHOP)).isOk()).toBe(true);
    const late = await useCases().carryOut.ask(claim, SHOP);
    expect(late._unsafeUnwrap()).toMatchObject({
      outcome: 'succeeded',
      payment: { status: 'authorized' },
      clientSecret: null,
    });
    expect(provider.asked).toHaveLength(1);
  });

  it('is left to a person when it was begun often enough and nobody lived to tell', async () => {
    const { id, paymentId } = await givenAsked();
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) await takeOverAndDie(id);
    expect((await useCases().reconcilePayments.standing()).stuck).toBe(0);
    expect((await useCases().carryOut.execute(id, SHOP))._unsafeUnwrap()).toMatchObject({
      outcome: 'under_way',
      payment: { status: 'pending' },
    });
    expect(provider.asked).toEqual([]);
    expect((await useCases().reconcilePayments.standing()).stuck).toBe(1);
    shop.clock.advance(LEASE_SECONDS);
    expect(await useCases().reconcilePayments.execute(SHOP)).toEqual([]);
    expect((await standing({ paymentId })).status).toBe('pending');
  });

  it('is asked for once more when all attempts but the last died', async () => {
    const { id } = await givenAsked();
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt += 1) await takeOverAndDie(id);
    const carried = await useCases().carryOut.execute(id, SHOP);
    expect(carried._unsafeUnwrap().outcome).toBe('succeeded');
    expect(provider.asked).toMatchObject([{ request: { isRepeated: true } }]);
  });
});

describe('what cannot be is a defect that moves nothing', () => {
  it('when the operation is another payment’s', async () => {
    const claim = await givenAsked();
    const { id: strange } = await givenAsked();
    const asked = useCases().carryOut.ask({ ...claim, id: strange }, SHOP);
    await expect(Promise.resolve(asked)).rejects.toThrow(
      `The operation ${strange} is of another payment.`,
    );
    expect(provider.asked).toEqual([]);
  });

  it('when the operation was never committed', async () => {
    const payment = aNewPayment();
    await store(payment);
    const { asked, claim } = asking(payment);
    const ahead: ShopPorts = { ...shop, paymentReader: { find: () => okAsync(asked) } };
    await expect(Promise.resolve(useCases(ahead).carryOut.ask(claim, SHOP))).rejects.toThrow(
      `The operation ${claim.id} was asked for and is not there.`,
    );
    expect((await standing(claim)).state).toMatchObject({ operations: [], reference: null });
  });

  it('when the provider answers in another currency than it was asked in', async () => {
    const claim = await givenAsked();
    const { currency } = money('1.00', 'EUR');
    const report = { reference: 'euro', moved: nothingMoved(currency) };
    provider.next = { name: 'succeeded', report };
    await expect(Promise.resolve(useCases().carryOut.execute(claim.id, SHOP))).rejects.toThrow(
      'A provider was asked in USD and answered in EUR.',
    );
    expect(await standing(claim)).toMatchObject({ status: 'pending', state: { reference: null } });
  });
});
