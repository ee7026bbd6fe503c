import { createHmac, timingSafeEqual } from 'node:crypto';

import { err, ok, Result } from 'neverthrow';

import type { EventMalformed, EventNotSigned, ProviderEvent } from '@kastoma/application/payments';
import { Money, parseId, type Instant, type MoneyJson, type PaymentId } from '@kastoma/domain/core';

/** No secret: no money stands behind this gateway, and anybody may pay with its tokens. */
const SIGNING_KEY = 'kastoma test gateway';
const HEADER = 'kastoma-test-signature';
const LONGEST_AGE_MILLISECONDS = 5 * 60_000;

type Told = {
  readonly id: string;
  readonly paymentId: PaymentId;
  readonly authorized: MoneyJson;
  readonly captured: MoneyJson;
  readonly refunded: MoneyJson;
  readonly isReleased: boolean;
};

/** An event as the gateway would send it, with its header: `[name, value]`. */
export function writeTestEvent(
  told: Told,
  at: number,
): { readonly body: string; readonly header: readonly [string, string] } {
  const body = JSON.stringify({
    id: told.id,
    payment_id: told.paymentId,
    authorized: told.authorized,
    captured: told.captured,
    refunded: told.refunded,
    released: told.isReleased,
  });
  const bytes = new TextEncoder().encode(body);
  return { body, header: [HEADER, `t=${at},v1=${signatureOf(bytes, String(at))}`] };
}

export function readTestEvent(
  body: Uint8Array,
  header: (name: string) => string | null,
  now: Instant,
): Result<ProviderEvent, EventNotSigned | EventMalformed> {
  const [, at = '', given = ''] =
    /^t=(\d{1,15}),v1=([0-9a-f]{64})$/.exec(header(HEADER) ?? '') ?? [];
  const isFresh = at !== '' && Math.abs(now - Number(at)) <= LONGEST_AGE_MILLISECONDS;
  return isFresh && isEqual(given, signatureOf(body, at))
    ? parse(body).andThen(toEvent)
    : err({ code: 'payments.event_not_signed' });
}

function signatureOf(body: Uint8Array, at: string): string {
  return createHmac('sha256', SIGNING_KEY).update(`${at}.`).update(body).digest('hex');
}

function isEqual(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function parse(body: Uint8Array): Result<unknown, EventMalformed> {
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown);
  } catch {
    // A decoder and a parser have no other way to say no; both say nothing but that.
    return err({ code: 'payments.event_malformed' });
  }
}

function toEvent(value: unknown): Result<ProviderEvent, EventMalformed> {
  const fields: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null ? { ...value } : {};
  const id = fields['id'];
  const money = (name: string) => Money.parse(moneyJsonOf(fields[name]));
  const amounts = Result.combine([money('authorized'), money('captured'), money('refunded')]);
  return Result.combine([parseId<PaymentId>(String(fields['payment_id'])), amounts])
    .mapErr((): EventMalformed => ({ code: 'payments.event_malformed' }))
    .andThen(([paymentId, [authorized, captured, refunded]]) =>
      typeof id === 'string' && /^[\x21-\x7e]{1,255}$/.test(id) && refunded.minorUnits >= 0n
        ? ok({
            id,
            paymentId,
            reference: `test_${paymentId}`,
            report: {
              reference: `test_${paymentId}`,
              moved: { authorized, captured, refunded, isReleased: fields['released'] === true },
            },
            settled: null,
          })
        : err({ code: 'payments.event_malformed' as const }),
    );
}

function moneyJsonOf(value: unknown): MoneyJson {
  const { amount, currency } = { ...(value as Partial<MoneyJson> | null) };
  return { amount: String(amount), currency: String(currency) };
}
