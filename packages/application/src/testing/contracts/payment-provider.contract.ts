import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Money, OrderId, PaymentId, PaymentOperationId } from '@kastoma/domain/core';
import type { ProviderReport } from '@kastoma/domain/payments';

import type {
  PaymentProvider,
  ProviderAnswer,
  ProviderRequest,
} from '../../payments/payment-provider.port.ts';
import { builderIds } from '../builders/builder-ids.ts';
import { dollars } from '../builders/money.builder.ts';

/** A provider, and what a test must know of the other side. */
export type ProviderUnderTest = {
  readonly provider: PaymentProvider;
  readonly tokens: { readonly good: string; readonly declined: string };
  /** Has the next request done and its answer lost; gives the token that loses the answer to such a call, where that is how it is done. */
  readonly lose: (call: Call) => { readonly now: () => void; readonly token?: string };
  readonly close: () => Promise<void>;
};

type Call = 'authorize' | 'capture' | 'void' | 'refund';

const amount = dollars('15.99');

export function paymentProviderContract(open: () => Promise<ProviderUnderTest>): void {
  describe('a payment provider', () => {
    let opened: ProviderUnderTest;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    const requestOf = (wishes: Partial<ProviderRequest> = {}): ProviderRequest => ({
      operationId: builderIds.next<PaymentOperationId>(),
      paymentId: builderIds.next<PaymentId>(),
      orderId: builderIds.next<OrderId>(),
      amount,
      reference: null,
      token: null,
      isRepeated: false,
      ...wishes,
    });
    const next = (wishes: Partial<ProviderRequest>) => ({
      operationId: builderIds.next<PaymentOperationId>(),
      isRepeated: false,
      token: null,
      ...wishes,
    });
    const promised = async (token = opened.tokens.good): Promise<ProviderRequest> => {
      const request = requestOf({ token });
      const { reference } = told(await opened.provider.authorize(request));
      return { ...request, reference };
    };
    const captured = async (token = opened.tokens.good): Promise<ProviderRequest> => {
      const request = await promised(token);
      expect(await opened.provider.capture({ ...request, ...next({}) })).toMatchObject({
        name: 'succeeded',
      });
      return request;
    };
    const totals = (answer: ProviderAnswer) => {
      const { authorized, captured: taken, refunded, isReleased } = told(answer).moved;
      return [cents(authorized), cents(taken), cents(refunded), isReleased];
    };

    it('promises the money, and tells what it calls it', async () => {
      const answer = await opened.provider.authorize(requestOf({ token: opened.tokens.good }));
      expect(answer.name).toBe('succeeded');
      expect(told(answer).reference).toMatch(/\S/);
      expect(totals(answer)).toEqual([1599, 0, 0, false]);
    });

    it('promises once however often it is asked under one key', async () => {
      const request = requestOf({ token: opened.tokens.good });
      const first = await opened.provider.authorize(request);
      const again = await opened.provider.authorize({ ...request, isRepeated: true });
      expect(again).toEqual(first);
    });

    it('says no, and why, and goes on saying so under the key', async () => {
      const request = requestOf({ token: opened.tokens.declined });
      const no = { name: 'declined', reason: expect.stringMatching(/\w/) as string };
      expect(await opened.provider.authorize(request)).toMatchObject(no);
      expect(await opened.provider.authorize({ ...request, isRepeated: true })).toMatchObject(no);
    });

    it('takes what was promised, and no more when it is asked again', async () => {
      const request = { ...(await promised()), ...next({}) };
      expect(totals(await opened.provider.capture(request))).toEqual([1599, 1599, 0, false]);
      const again = await opened.provider.capture({ ...request, isRepeated: true });
      expect(totals(again)).toEqual([1599, 1599, 0, false]);
      const more = await opened.provider.capture({ ...request, ...next({}) });
      expect(cents(told(await opened.provider.find(request)).moved.captured)).toBe(1599);
      expect(['declined', 'succeeded']).toContain(more.name);
    });

    it('lets go what was promised, once, and then takes nothing', async () => {
      const request = { ...(await promised()), ...next({}) };
      const released = await opened.provider.void(request);
      expect(released.name).toBe('succeeded');
      expect(told(released).moved.isReleased).toBe(true);
      expect(await opened.provider.void({ ...request, isRepeated: true })).toMatchObject({
        name: 'succeeded',
      });
      expect(await opened.provider.capture({ ...request, ...next({}) })).toMatchObject({
        name: 'declined',
      });
    });

    it('does not let go what came in', async () => {
      const request = await captured();
      expect(await opened.provider.void({ ...request, ...next({}) })).toMatchObject({
        name: 'declined',
      });
    });

    it('gives back in parts, each once, and no more than came in', async () => {
      const request = await captured();
      const part = { ...request, ...next({ amount: dollars('10.00') }) };
      expect(totals(await opened.provider.refund(part))).toEqual([1599, 1599, 1000, false]);
      expect(await opened.provider.refund({ ...part, isRepeated: true })).toMatchObject({
        name: 'succeeded',
      });
      const rest = { ...request, ...next({ amount: dollars('6.00') }) };
      expect(await opened.provider.refund(rest)).toMatchObject({ name: 'declined' });
      const last = { ...request, ...next({ amount: dollars('5.99') }) };
      expect(totals(await opened.provider.refund(last))).toEqual([1599, 1599, 1599, false]);
    });

    it('tells how a promise stands', async () => {
      expect(totals(await opened.provider.find(await promised()))).toEqual([1599, 0, 0, false]);
    });

    it.each(['authorize', 'capture', 'void', 'refund'] as const)(
      'does once what it was asked to %s, though the answer was lost',
      async (call) => {
        const { now, token = opened.tokens.good } = opened.lose(call);
        const given = {
          authorize: async () => requestOf(),
          capture: promised,
          void: promised,
          refund: captured,
        };
        const before = await given[call](token);
        const request = { ...before, ...next({ token: call === 'authorize' ? token : null }) };
        now();
        expect(await opened.provider[call](request)).toMatchObject({ name: 'unknown' });
        const again = await opened.provider[call]({ ...request, isRepeated: true });
        expect(again.name).toBe('succeeded');
        const once = {
          authorize: [1599, 0, 0, false],
          capture: [1599, 1599, 0, false],
          refund: [1599, 1599, 1599, false],
        };
        if (call === 'void') expect(told(again).moved.isReleased).toBe(true);
        else expect(totals(again)).toEqual(once[call]);
      },
    );

    it('believes no message that is not signed', () => {
      const message = new TextEncoder().encode('{"id":"evt_1"}');
      expect(opened.provider.parseWebhook(message, () => null)._unsafeUnwrapErr()).toEqual({
        code: 'payments.event_not_signed',
      });
    });
  });
}

function told(answer: ProviderAnswer): ProviderReport {
  if (answer.name === 'unknown' || answer.report === null)
    return expect.fail(`Nothing is told: ${JSON.stringify(answer.name)}.`);
  return answer.report;
}

function cents({ minorUnits }: Money): number {
  return Number(minorUnits);
}
