import { describe, expect, it } from 'vitest';

import { builderIds, dollars, MovingClock } from '@kastoma/application/testing';
import type { OrderId, PaymentId, PaymentOperationId } from '@kastoma/domain/core';

import { RememberedLedger } from '../testing/remembered-ledger.ts';
import { writeTestEvent } from './test-gateway.events.ts';
import { TestGateway } from './test-gateway.ts';

const clock = new MovingClock();
const gateway = new TestGateway(new RememberedLedger(), clock);
const paymentId = () => builderIds.next<PaymentId>();
const aRequest = (token: string | null, amount = dollars('15.99')) => ({
  operationId: builderIds.next<PaymentOperationId>(),
  paymentId: paymentId(),
  orderId: builderIds.next<OrderId>(),
  amount,
  reference: null,
  token,
  isRepeated: false,
});

describe('the gateway for tests', () => {
  it.each([
    ['tok_declined', 'card_declined'],
    ['tok_insufficient_funds', 'insufficient_funds'],
    ['4242424242424242', 'unknown_token'],
  ])('declines %s', async (token, reason) => {
    expect(await gateway.authorize(aRequest(token))).toMatchObject({ name: 'declined', reason });
  });

  it.each([
    ['4000.01', 'declined'],
    ['4000.02', 'under_way'],
    ['4000.03', 'unknown'],
    ['4000.04', 'succeeded'],
  ])('goes by the amount where there is no token: %s', async (amount, name) => {
    expect((await gateway.authorize(aRequest(null, dollars(amount)))).name).toBe(name);
  });

  it.each([
    ['tok_delayed', 'succeeded'],
    ['tok_delayed_declined', 'declined'],
  ])('takes two seconds to decide about %s, and stays with it', async (token, name) => {
    const request = aRequest(token);
    expect((await gateway.authorize(request)).name).toBe('under_way');
    expect((await gateway.find(request)).name).toBe('under_way');
    clock.advance(2);
    expect((await gateway.find(request)).name).toBe(name);
    expect((await gateway.find(request)).name).toBe(name);
  });

  it('is not reached the first time, and is the second', async () => {
    const request = aRequest('tok_unreachable');
    expect((await gateway.authorize(request)).name).toBe('unknown');
    expect(await gateway.find(request)).toEqual({ name: 'unknown', reason: 'not_found' });
    expect((await gateway.authorize({ ...request, isRepeated: true })).name).toBe('succeeded');
  });

  it.each([
    ['tok_capture_declined', 'capture'],
    ['tok_refund_declined', 'refund'],
  ] as const)('with %s declines to %s', async (token, call) => {
    const request = aRequest(token);
    await gateway.authorize(request);
    const next = { ...request, operationId: builderIds.next<PaymentOperationId>() };
    expect((await gateway[call](next)).name).toBe('declined');
  });
});

describe('an event of the gateway for tests', () => {
  const id = paymentId();
  const told = {
    id: 'evt_1',
    paymentId: id,
    authorized: dollars('15.99').toJSON(),
    captured: dollars('0.00').toJSON(),
    refunded: dollars('0.00').toJSON(),
    isReleased: false,
  };
  const receive = (body: string, header: string | null) =>
    gateway.parseWebhook(new TextEncoder().encode(body), (name) =>
      name === 'kastoma-test-signature' ? header : null,
    );

  it('tells of a payment', () => {
    const { body, header } = writeTestEvent(told, clock.now());
    expect(receive(body, header[1])._unsafeUnwrap()).toMatchObject({
      id: 'evt_1',
      paymentId: id,
      reference: `test_${id}`,
      report: { moved: { authorized: dollars('15.99') } },
    });
  });

  it('is not believed when it is old, changed, or signed by nobody', () => {
    const refusal = { code: 'payments.event_not_signed' };
    const { body, header } = writeTestEvent(told, clock.now());
    expect(receive(`${body} `, header[1])._unsafeUnwrapErr()).toEqual(refusal);
    expect(receive(body, null)._unsafeUnwrapErr()).toEqual(refusal);
    const old = writeTestEvent(told, clock.now() - 300_001);
    expect(receive(old.body, old.header[1])._unsafeUnwrapErr()).toEqual(refusal);
  });

  it.each([
    { ...told, paymentId: 'somebody' as PaymentId },
    { ...told, id: '' },
    { ...told, captured: null as never },
    { ...told, refunded: { amount: '-1.00', currency: 'USD' } },
  ])('that cannot be understood is none', (strange) => {
    const { body, header } = writeTestEvent(strange, clock.now());
    expect(receive(body, header[1])._unsafeUnwrapErr()).toEqual({
      code: 'payments.event_malformed',
    });
  });
});
