import { beforeEach, describe, expect, it } from 'vitest';

import {
  Money,
  parseCurrency,
  type OrderId,
  type PaymentId,
  type PaymentOperationId,
} from '@kastoma/domain/core';
import type { Payment } from '@kastoma/domain/payments';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { aPayment } from '../testing/builders/payment.builder.ts';
import { asCustomer, SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { paymentUseCases, type PaymentUseCases } from '../testing/payment-use-cases.ts';
import { FakePaymentProvider } from '../testing/ports/fake-payment-provider.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';

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

async function capture(id: PaymentId) {
  const { orderId } = (await found(id)).state;
  return useCases.capturePayment.execute({ orderId, paymentId: id, amount: null }, SHOP);
}

const asks = (call: string) => provider.asked.filter((asked) => asked.call === call);

describe('an event of a provider', () => {
  const body = new TextEncoder().encode('{}');
  const receive = (how: { provider?: string; signature?: string; empty?: boolean } = {}) =>
    useCases.receiveProviderEvent.execute(
      {
        provider: how.provider ?? 'test',
        body: how.empty === true ? new Uint8Array() : body,
        header: () => how.signature ?? 'good',
      },
      asCustomer(builderIds.next()),
    );
  const promised = async (id: PaymentId, eventId = 'evt_1', paymentId: PaymentId | null = id) => {
    const { amount } = (await found(id)).state;
    const report = provider.promise({ paymentId: id, amount });
    provider.delivers({
      id: eventId,
      reference: report.reference,
      paymentId,
      report,
      settled: null,
    });
  };

  it('is faster than the answer, comes twice, and changes things once', async () => {
    const { id, operation } = await givenAsked();
    await promised(id);
    expect((await receive())._unsafeUnwrap()).toBe('taken');
    expect((await found(id)).status).toBe('authorized');
    const { version } = await found(id);
    expect((await receive())._unsafeUnwrap()).toBe('known');
    expect((await found(id)).version).toBe(version);
    const late = (await useCases.carryOut.execute(operation, SHOP))._unsafeUnwrap();
    expect(late.outcome).toBe('succeeded');
    expect(asks('authorize')).toEqual([]);
  });

  it('that is old changes nothing that is known better', async () => {
    const id = await givenAuthorized();
    expect((await capture(id)).isOk()).toBe(true);
    const { amount } = (await found(id)).state;
    provider.delivers({
      id: 'evt_old',
      reference: `fake_${id}`,
      paymentId: null,
      report: {
        reference: `fake_${id}`,
        moved: { ...provider.account({ paymentId: id, amount }).moved, captured: dollars('0.00') },
      },
      settled: null,
    });
    expect((await receive())._unsafeUnwrap()).toBe('taken');
    expect((await found(id)).status).toBe('paid');
  });

  it('settles an operation, and is no matter where it knows one that nobody asked for', async () => {
    const { id, operation } = await givenAsked();
    const settled = (operationId: PaymentOperationId) => ({
      operationId,
      answer: { name: 'declined', reason: 'card_declined' } as const,
    });
    const told = { reference: `fake_${id}`, paymentId: id, report: null };
    provider.delivers({
      ...told,
      id: 'evt_1',
      settled: settled(builderIds.next<PaymentOperationId>()),
    });
    expect((await receive())._unsafeUnwrap()).toBe('taken');
    expect((await found(id)).status).toBe('pending');
    provider.delivers({ ...told, id: 'evt_2', settled: settled(operation) });
    expect((await receive())._unsafeUnwrap()).toBe('taken');
    expect((await found(id)).status).toBe('failed');
  });

  it('about somebody else’s payment, or of no payment, is of no interest', async () => {
    const { id } = await givenAsked();
    expect((await receive({ empty: true }))._unsafeUnwrap()).toBe('of_no_interest');
    await promised(id, 'evt_1', null);
    expect((await receive())._unsafeUnwrap()).toBe('of_no_interest');
    await promised(id, 'evt_1', builderIds.next<PaymentId>());
    expect((await receive())._unsafeUnwrap()).toBe('of_no_interest');
    const manual = await store(aPayment(builderIds.next<OrderId>()));
    await promised(id, 'evt_1', manual);
    expect((await receive())._unsafeUnwrap()).toBe('of_no_interest');
    expect((await found(id)).status).toBe('pending');
  });

  it('is not believed unsigned, under an unknown name, or in another currency', async () => {
    expect((await receive({ signature: 'bad' }))._unsafeUnwrapErr()).toEqual({
      code: 'payments.event_not_signed',
    });
    expect((await receive({ provider: 'shells' }))._unsafeUnwrapErr()).toEqual({
      code: 'payments.provider_unknown',
    });
    const { id } = await givenAsked();
    const { amount } = (await found(id)).state;
    const { moved, reference } = provider.account({ paymentId: id, amount });
    const euros = Money.zero(parseCurrency('EUR')._unsafeUnwrap());
    provider.delivers({
      id: 'evt_1',
      reference,
      paymentId: id,
      report: { reference, moved: { ...moved, authorized: euros } },
      settled: null,
    });
    expect((await receive())._unsafeUnwrapErr()).toEqual({ code: 'payments.event_malformed' });
  });
});
