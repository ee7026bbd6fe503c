import { errAsync, okAsync } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { OrderId, PaymentId, PaymentOperationId } from '@kastoma/domain/core';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { aPayment } from '../testing/builders/payment.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { paymentUseCases } from '../testing/payment-use-cases.ts';
import { FakePaymentProvider } from '../testing/ports/fake-payment-provider.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { OPERATION_LEASE_MILLISECONDS, type OperationQueue } from './operation-queue.port.ts';
import type { PaymentsTx, PaymentsUnitOfWork } from './payments.unit-of-work.ts';
import { ReconcilePayments } from './reconcile-payments.use-case.ts';

const LEASE_SECONDS = OPERATION_LEASE_MILLISECONDS / 1_000;

let shop: ShopPorts;
let provider: FakePaymentProvider;

beforeEach(() => {
  shop = inMemoryShop();
  provider = new FakePaymentProvider('test');
});

const useCases = (ports: ShopPorts = shop) => paymentUseCases(ports, [provider]);
const statusOf = async (id: PaymentId) =>
  (await shop.paymentReader.find(id))._unsafeUnwrap().status;
const asksToVoid = () => provider.asked.filter(({ call }) => call === 'void');

/** A payment whose promise is to be asked for. */
async function givenAsked() {
  const operation = builderIds.next<PaymentOperationId>();
  const payment = aPayment(builderIds.next<OrderId>(), dollars('15.99'), 'test')
    .authorize(operation, 'tok_visa', shop.clock.now())
    ._unsafeUnwrap();
  const run = await shop.payments.run(SHOP, ({ payments }) => payments.add(payment));
  expect(run.isOk()).toBe(true);
  return { id: payment.state.id, operation };
}

async function givenAuthorized(): Promise<PaymentId> {
  const { id, operation } = await givenAsked();
  expect((await useCases().carryOut.execute(operation, SHOP)).isOk()).toBe(true);
  return id;
}

/** A promise for an order that cannot be kept. */
async function givenToGiveBack(): Promise<PaymentId> {
  const id = await givenAuthorized();
  const run = await shop.payments.run(SHOP, ({ payments }) =>
    payments.find(id).andThen((payment) => payments.save(payment.abandon(shop.clock.now()))),
  );
  expect(run.isOk()).toBe(true);
  return id;
}

describe('a round of reconciling', () => {
  it('gives back a few payments, and leaves the others to the next one', async () => {
    const ids: PaymentId[] = [];
    for (let count = 0; count < 5; count += 1) ids.push(await givenToGiveBack());
    const first = await useCases().reconcilePayments.execute(SHOP);
    expect(first.map(({ outcome }) => outcome)).toEqual(Array(4).fill('succeeded'));
    expect(await Promise.all(ids.map(statusOf))).toEqual([
      ...Array<string>(4).fill('voided'),
      'authorized',
    ]);
    expect(await useCases().reconcilePayments.execute(SHOP)).toHaveLength(1);
    expect(await Promise.all(ids.map(statusOf))).toEqual(Array(5).fill('voided'));
  });

  it('leaves to somebody else what they took over in between', async () => {
    const id = await givenToGiveBack();
    const { operationQueue: queue } = shop;
    const overtaken: OperationQueue = {
      claim: async (...asked) => {
        expect((await queue.claim(...asked)).name).toBe('claimed');
        return queue.claim(...asked);
      },
      claimDue: (...asked) => queue.claimDue(...asked),
      postpone: (...asked) => queue.postpone(...asked),
      requeue: (...asked) => queue.requeue(...asked),
      standing: () => queue.standing(),
    };
    const slow = useCases({ ...shop, operationQueue: overtaken });
    expect(await slow.reconcilePayments.execute(SHOP)).toEqual([]);
    expect(asksToVoid()).toEqual([]);
    shop.clock.advance(LEASE_SECONDS);
    await useCases().reconcilePayments.execute(SHOP);
    expect(await statusOf(id)).toBe('voided');
    expect(asksToVoid()).toHaveLength(1);
  });

  it('tells by its code what could not be written down', async () => {
    const { id, operation } = await givenAsked();
    const { payments: unitOfWork, operationQueue: queue, ids, clock } = shop;
    const error = { code: 'core.concurrent_update' as const };
    const carryOut = { ask: () => errAsync(error) };
    clock.advance(LEASE_SECONDS);
    const round = new ReconcilePayments({ unitOfWork, queue, carryOut, ids, clock });
    expect(await round.execute(SHOP)).toEqual([
      { id: operation, paymentId: id, attempts: 1, outcome: 'failed', error },
    ]);
  });

  it('takes nothing back of a payment that holds nothing to be given back', async () => {
    const id = await givenAuthorized();
    const payment = (await shop.paymentReader.find(id))._unsafeUnwrap();
    const mistaken: PaymentsUnitOfWork = {
      run: (context, work) =>
        shop.payments.run(context, (tx) => {
          const payments = Object.create(tx.payments) as PaymentsTx['payments'];
          payments.findToGiveBack = () => okAsync(payment);
          return work({ ...tx, payments });
        }),
    };
    const { reconcilePayments } = useCases({ ...shop, payments: mistaken });
    await expect(reconcilePayments.execute(SHOP)).rejects.toThrow(
      `What the payment ${id} holds cannot go back: nothing_held.`,
    );
    expect(asksToVoid()).toEqual([]);
    expect(await statusOf(id)).toBe('authorized');
  });
});
