import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ProviderRequest } from '@kastoma/application/payments';
import { builderIds, dollars } from '@kastoma/application/testing';
import {
  Money,
  parseCurrency,
  type OrderId,
  type PaymentId,
  type PaymentOperationId,
} from '@kastoma/domain/core';

import { openStripe, WEBHOOK_SECRET } from '../testing/stripe-server.ts';
import { fromStripeAmount, toStripeAmount } from './stripe-amounts.ts';

let stripe: Awaited<ReturnType<typeof openStripe>>;

beforeAll(async () => {
  stripe = await openStripe();
});

afterAll(() => stripe.server.close());

const operation = () => builderIds.next<PaymentOperationId>();
const aRequest = (wishes: Partial<ProviderRequest> = {}): ProviderRequest => ({
  operationId: operation(),
  paymentId: builderIds.next<PaymentId>(),
  orderId: builderIds.next<OrderId>(),
  amount: dollars('15.99'),
  reference: null,
  token: null,
  isRepeated: false,
  ...wishes,
});

async function givenIntent(token: string | null = 'pm_card_visa') {
  const request = aRequest({ token });
  const answer = await stripe.provider.authorize(request);
  const reference = 'report' in answer ? (answer.report?.reference ?? null) : null;
  if (reference === null) expect.fail('Stripe made no intent.');
  return { request: { ...request, reference }, reference, answer };
}

const money = (amount: bigint, currency: string) =>
  Money.of(amount, parseCurrency(currency)._unsafeUnwrap())._unsafeUnwrap();

describe('Stripe', () => {
  it('is told whose money it is, and asked to take it later', async () => {
    const { request, reference } = await givenIntent();
    expect(stripe.server.account.intents.get(reference)).toMatchObject({
      amount: 1_599,
      currency: 'usd',
      status: 'requires_capture',
      metadata: {
        payment_id: request.paymentId,
        order_id: request.orderId,
        operation_id: request.operationId,
      },
    });
  });

  it('gives the customer’s browser what it needs, and is asked how it went', async () => {
    const { request, reference, answer } = await givenIntent(null);
    expect(answer).toMatchObject({ name: 'under_way', clientSecret: `${reference}_secret` });
    expect(await stripe.provider.find(request)).toMatchObject({ name: 'under_way' });
    stripe.server.account.confirm(reference);
    expect(await stripe.provider.find(request)).toMatchObject({ name: 'succeeded' });
  });

  it('wants the customer to prove who they are: the promise is under way', async () => {
    const { answer } = await givenIntent('pm_card_authenticationRequired');
    expect(answer).toMatchObject({ name: 'under_way', report: { moved: { isReleased: false } } });
  });

  it('tells why it declines, in the words of the bank', async () => {
    const { answer } = await givenIntent('pm_card_chargeDeclined');
    expect(answer).toMatchObject({ name: 'declined', reason: 'insufficient_funds' });
  });

  it('lets go what was not captured of a promise', async () => {
    const { request } = await givenIntent();
    const part = { ...request, operationId: operation(), amount: dollars('10.00') };
    expect(await stripe.provider.capture(part)).toMatchObject({
      report: { moved: { captured: dollars('10.00'), isReleased: true } },
    });
  });

  it('is asked anew over a connection that was cut, under the same key', async () => {
    stripe.server.nextFault = 'cut';
    const before = stripe.server.account.intents.size;
    await givenIntent();
    expect(stripe.server.account.intents.size).toBe(before + 1);
  });

  it('does not move money twice though it has forgotten its keys', async () => {
    const { request } = await givenIntent();
    const capture = { ...request, operationId: operation() };
    await stripe.provider.capture(capture);
    const refund = { ...request, operationId: operation(), amount: dollars('5.00') };
    await stripe.provider.refund(refund);
    stripe.server.forgetKeys();
    const again = await stripe.provider.refund({ ...refund, isRepeated: true });
    expect(again).toMatchObject({
      name: 'succeeded',
      report: { moved: { refunded: dollars('5.00') } },
    });
    expect(await stripe.provider.capture({ ...capture, isRepeated: true })).toMatchObject({
      name: 'succeeded',
      report: { moved: { captured: dollars('15.99'), refunded: dollars('5.00') } },
    });
  });

  it('does not count a refund that is under way, and knows when it failed', async () => {
    const { request } = await givenIntent();
    await stripe.provider.capture({ ...request, operationId: operation() });
    stripe.server.account.refundStatus = 'pending';
    const refund = { ...request, operationId: operation() };
    expect(await stripe.provider.refund(refund)).toEqual({
      name: 'under_way',
      report: null,
      clientSecret: null,
    });
    const [stored] = [...stripe.server.account.refunds.values()].slice(-1);
    if (stored === undefined) expect.fail('The refund is there.');
    stored.status = 'failed';
    stored.failure_reason = 'expired_or_canceled_card';
    stripe.server.account.refundStatus = 'succeeded';
    expect(await stripe.provider.refund({ ...refund, isRepeated: true })).toMatchObject({
      name: 'declined',
      reason: 'expired_or_canceled_card',
    });
  });

  it('that does not know the shop’s key leaves the outcome open: a person may mend that', async () => {
    const other = await openStripe('sk_test_of_somebody_else');
    expect(await other.provider.authorize(aRequest({ token: 'pm_card_visa' }))).toMatchObject({
      name: 'unknown',
    });
    await other.server.close();
  });

  it('that cannot be reached leaves the outcome open', async () => {
    const gone = await openStripe();
    await gone.server.close();
    expect(await gone.provider.authorize(aRequest({ token: 'pm_card_visa' }))).toMatchObject({
      name: 'unknown',
    });
  });

  it('knows no capture, void or refund of what it has no name for', async () => {
    for (const call of ['capture', 'void', 'refund', 'find'] as const)
      expect(await stripe.provider[call](aRequest())).toEqual({
        name: 'unknown',
        reason: 'not_named',
      });
  });
});

describe('amounts', () => {
  it.each([
    ['USD', 1_599n, 1_599],
    ['JPY', 1_599n, 1_599],
    ['ISK', 1_599n, 159_900],
    ['UGX', 20n, 2_000],
    ['MGA', 1_500n, 15],
  ])('in %s are counted as Stripe does', (currency, minorUnits, counted) => {
    const amount = money(minorUnits, currency);
    expect(toStripeAmount(amount)._unsafeUnwrap()).toBe(counted);
    expect(fromStripeAmount(counted, amount.currency)).toEqual(amount);
  });

  it('that Stripe cannot count are declined', async () => {
    const declined = { name: 'declined', reason: 'not_countable', report: null };
    const request = aRequest({ amount: money(1_501n, 'MGA'), reference: 'pi_1' });
    for (const call of ['authorize', 'capture', 'refund'] as const)
      expect(await stripe.provider[call](request)).toEqual(declined);
  });
});

describe('what Stripe tells by itself', () => {
  const secret = WEBHOOK_SECRET;
  const stripeLibrary = new Stripe('sk_test');
  const messageOf = (type: string, object: object) =>
    JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object } });
  const receive = (payload: string, signed: string = payload, key: string = secret) => {
    const header = stripeLibrary.webhooks.generateTestHeaderString({
      payload: signed,
      secret: key,
    });
    return stripe.provider.parseWebhook(new TextEncoder().encode(payload), (name) =>
      name === 'stripe-signature' ? header : null,
    );
  };

  it('of an intent is what has moved, and whose it is', async () => {
    const { request, reference } = await givenIntent();
    const intent = stripe.server.account.intents.get(reference);
    if (intent === undefined) expect.fail('Stripe made an intent.');
    const event = receive(messageOf('payment_intent.amount_capturable_updated', intent));
    expect(event._unsafeUnwrap()).toMatchObject({
      id: 'evt_1',
      reference,
      paymentId: request.paymentId,
      report: { reference, moved: { authorized: dollars('15.99'), captured: dollars('0.00') } },
      settled: null,
    });
  });

  it('of a refusal settles the operation', async () => {
    const { request, reference } = await givenIntent('pm_card_chargeDeclined');
    const intent = { ...stripe.server.account.intents.get(reference) };
    expect(
      receive(messageOf('payment_intent.payment_failed', intent))._unsafeUnwrap(),
    ).toMatchObject({
      settled: {
        operationId: request.operationId,
        answer: { name: 'declined', reason: 'insufficient_funds' },
      },
    });
  });

  it('of a charge and of a refund is what went back', async () => {
    const { request, reference } = await givenIntent();
    const operationId = operation();
    await stripe.provider.capture({ ...request, operationId: operation() });
    await stripe.provider.refund({ ...request, operationId, amount: dollars('5.00') });
    const intent = stripe.server.account.intents.get(reference);
    const charge = intent === undefined ? null : stripe.server.account.chargeOf(intent);
    const [refund] = [...stripe.server.account.refunds.values()].slice(-1);
    if (charge === null || refund === undefined) expect.fail('Money went back.');
    expect(receive(messageOf('charge.refunded', charge))._unsafeUnwrap()).toMatchObject({
      reference,
      report: { moved: { captured: dollars('15.99'), refunded: dollars('5.00') } },
    });
    expect(receive(messageOf('refund.updated', refund))._unsafeUnwrap()).toMatchObject({
      reference,
      report: null,
      settled: { operationId, answer: { name: 'succeeded' } },
    });
    const strange = { ...refund, metadata: {} };
    expect(receive(messageOf('refund.updated', strange))._unsafeUnwrap()).toBeNull();
    const loose = { ...charge, payment_intent: null };
    expect(receive(messageOf('charge.refunded', loose))._unsafeUnwrap()).toBeNull();
  });

  it('of anything else is no business of the shop', () => {
    expect(receive(messageOf('customer.created', {}))._unsafeUnwrap()).toBeNull();
  });

  it('is believed when it is signed as it came, and by Stripe', () => {
    const message = messageOf('customer.created', {});
    const refusal = { code: 'payments.event_not_signed' };
    expect(receive(message, `${message} `)._unsafeUnwrapErr()).toEqual(refusal);
    expect(receive(message, message, 'whsec_other')._unsafeUnwrapErr()).toEqual(refusal);
    expect(receive('no JSON')._unsafeUnwrapErr()).toEqual({ code: 'payments.event_malformed' });
  });
});
