import { beforeEach, describe, expect, it } from 'vitest';

import type { PaymentId, PaymentOperationId, RefundId } from '@kastoma/domain/core';
import type { Payment } from '@kastoma/domain/payments';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { aPayment } from '../testing/builders/payment.builder.ts';
import { SHOP, underKey } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { paymentUseCases, type PaymentUseCases } from '../testing/payment-use-cases.ts';
import { FakePaymentProvider } from '../testing/ports/fake-payment-provider.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';

const NO = { name: 'declined', reason: 'insufficient_balance', report: null } as const;
const TWENTY = dollars('20.00');

let shop: ShopPorts;
let provider: FakePaymentProvider;
let useCases: PaymentUseCases;

beforeEach(() => {
  shop = inMemoryShop();
  provider = new FakePaymentProvider('test');
  useCases = paymentUseCases(shop, [provider]);
});

const nextId = () => builderIds.next<PaymentOperationId>();
const found = async (id: PaymentId) => (await shop.paymentReader.find(id))._unsafeUnwrap();
const stuck = async () => (await shop.stuckOperations.list({ page: 1, pageSize: 10 })).items;
const carryOut = async (id: PaymentOperationId) =>
  (await useCases.carryOut.execute(id, SHOP))._unsafeUnwrap();

async function change(id: PaymentId, by: (payment: Payment) => Payment): Promise<void> {
  const run = await shop.payments.run(SHOP, ({ payments }) =>
    payments.find(id).andThen((payment) => payments.save(by(payment))),
  );
  expect(run.isOk()).toBe(true);
}

/** A payment of 20.00 that was captured, at the provider as well. */
async function givenCaptured(): Promise<PaymentId> {
  const [promise, take] = [nextId(), nextId()];
  const { clock } = shop;
  const asked = aPayment(builderIds.next(), TWENTY, 'test').authorize(promise, null, clock.now());
  const run = await shop.payments.run(SHOP, ({ payments }) => payments.add(asked._unsafeUnwrap()));
  expect(run.isOk()).toBe(true);
  const { id } = asked._unsafeUnwrap().state;
  await carryOut(promise);
  await change(id, (payment) => payment.capture(take, null, clock.now())._unsafeUnwrap());
  await carryOut(take);
  return id;
}

/** A refund of 8.00 that the provider has refused. */
async function givenRefused() {
  const id = await givenCaptured();
  const [operationId, refundId] = [nextId(), builderIds.next<RefundId>()];
  const { clock } = shop;
  await change(id, (payment) =>
    payment.refund(operationId, dollars('8.00'), clock.now(), refundId)._unsafeUnwrap(),
  );
  provider.next = NO;
  await carryOut(operationId);
  return { id, operationId, refundId };
}

/** A capture that nobody has answered, and nobody asks for any more. */
async function givenUnanswered() {
  const id = await givenCaptured();
  const operationId = nextId();
  await change(id, (payment) =>
    payment.refund(operationId, dollars('5.00'), shop.clock.now())._unsafeUnwrap(),
  );
  for (let attempt = 0; attempt < 24; attempt += 1) {
    provider.next = 'never_asked';
    shop.clock.advance(3_600);
    await useCases.reconcilePayments.execute(SHOP);
  }
  return { id, operationId };
}

describe('what nobody tries any more', () => {
  it('is listed with what it was to move and why it did not, and what goes well is not', async () => {
    await givenCaptured();
    expect(await stuck()).toEqual([]);
    const refused = await givenRefused();
    const unanswered = await givenUnanswered();
    expect(await stuck()).toMatchObject([
      {
        id: refused.operationId,
        paymentId: refused.id,
        method: 'test',
        kind: 'refund',
        amount: dollars('8.00'),
        outcome: 'declined',
        reason: 'insufficient_balance',
        refundId: refused.refundId,
      },
      { id: unanswered.operationId, outcome: 'open', refundId: null },
    ]);
  });

  it('is listed where an abandoned payment cannot give its money back', async () => {
    const id = await givenCaptured();
    await change(id, (payment) => payment.abandon(shop.clock.now()));
    for (let attempt = 0; attempt < 8; attempt += 1) {
      provider.next = NO;
      await useCases.reconcilePayments.execute(SHOP);
      shop.clock.advance(36_000);
    }
    const [only, ...others] = await stuck();
    expect([only?.amount, only?.outcome, others]).toEqual([TWENTY, 'declined', []]);
    const retried = useCases.retryOperation.execute(only?.id as PaymentOperationId, SHOP);
    expect((await retried)._unsafeUnwrap().outcome).toBe('succeeded');
    expect(await stuck()).toEqual([]);
    expect((await found(id)).status).toBe('refunded');
  });
});

describe('trying again', () => {
  it('asks under a new key for what was refused, once', async () => {
    const { id, operationId, refundId } = await givenRefused();
    const context = underKey(SHOP, 'again');
    const { outcome, payment } = (
      await useCases.retryOperation.execute(operationId, context)
    )._unsafeUnwrap();
    expect([outcome, payment.refunded]).toEqual(['succeeded', dollars('8.00')]);
    const [first, second] = provider.asked.filter(({ call }) => call === 'refund');
    expect(second?.request.operationId).not.toBe(first?.request.operationId);
    expect((await found(id)).state.operations.at(-1)).toMatchObject({ refundId });
    expect(await stuck()).toEqual([]);
    expect(
      (await useCases.retryOperation.execute(operationId, context))._unsafeUnwrapErr(),
    ).toMatchObject({ code: 'core.idempotent_replay' });
    expect((await useCases.retryOperation.execute(operationId, SHOP))._unsafeUnwrapErr()).toEqual({
      code: 'payments.step_not_possible',
      operation: 'refund',
      status: 'partially_refunded',
    });
  });

  it('asks under the same key for what was never answered, and says that it may have been asked before', async () => {
    const { id, operationId } = await givenUnanswered();
    provider.next = null;
    const run = useCases.retryOperation.execute(operationId, SHOP);
    expect((await run)._unsafeUnwrap().outcome).toBe('succeeded');
    const last = provider.asked.at(-1)?.request;
    expect([last?.operationId, last?.isRepeated]).toEqual([operationId, true]);
    expect((await found(id)).state.moved.refunded).toEqual(dollars('5.00'));
  });

  it('of what is not there, or went well, is not possible', async () => {
    const missing = useCases.retryOperation.execute(nextId(), SHOP);
    expect((await missing)._unsafeUnwrapErr()).toEqual({ code: 'payments.operation_not_found' });
    const { operations } = (await found(await givenCaptured())).state;
    for (const { id } of operations) {
      const run = useCases.retryOperation.execute(id, SHOP);
      expect((await run)._unsafeUnwrapErr().code).toBe('payments.step_not_possible');
    }
  });
});

describe('settling by hand', () => {
  const settle = (operationId: PaymentOperationId, outcome: 'succeeded' | 'declined') =>
    useCases.settleOperation.execute({ operationId, outcome }, SHOP);

  it('says that a refused refund was paid out in another way, and asks nobody', async () => {
    const { id, operationId } = await givenRefused();
    const asked = provider.asked.length;
    const { payment } = (await settle(operationId, 'succeeded'))._unsafeUnwrap();
    expect(payment).toMatchObject({ status: 'partially_refunded', refunded: dollars('8.00') });
    expect(provider.asked).toHaveLength(asked);
    expect(await stuck()).toEqual([]);
    expect(await shop.eventsOf(id)).toContainEqual(
      expect.objectContaining({ type: 'payments.operation_settled_by_hand' }),
    );
    for (const outcome of ['succeeded', 'declined'] as const)
      expect((await settle(operationId, outcome))._unsafeUnwrapErr().code).toBe(
        'payments.step_not_possible',
      );
  });

  it.each(['succeeded', 'declined'] as const)(
    'says what became of what was never answered: %s',
    async (outcome) => {
      const { id, operationId } = await givenUnanswered();
      expect((await settle(operationId, outcome))._unsafeUnwrap().outcome).toBe(outcome);
      const { moved } = (await found(id)).state;
      expect(moved.refunded).toEqual(dollars(outcome === 'succeeded' ? '5.00' : '0.00'));
      expect(await useCases.reconcilePayments.standing()).toEqual({
        oldestOpenSeconds: 0,
        stuck: 0,
      });
    },
  );

  it('never says that more went back than came in', async () => {
    const { id, operationId } = await givenRefused();
    await change(id, (payment) =>
      payment.refund(nextId(), dollars('15.00'), shop.clock.now())._unsafeUnwrap(),
    );
    expect((await settle(operationId, 'succeeded'))._unsafeUnwrapErr()).toMatchObject({
      code: 'payments.amount_too_large',
      most: dollars('5.00').toJSON(),
    });
  });

  it('of what is not there is not possible', async () => {
    expect((await settle(nextId(), 'declined'))._unsafeUnwrapErr()).toEqual({
      code: 'payments.operation_not_found',
    });
  });
});
