import type Stripe from 'stripe';

import type { ProviderAnswer } from '@kastoma/application/payments';
import {
  defect,
  parseCurrency,
  parseId,
  type Currency,
  type PaymentId,
} from '@kastoma/domain/core';
import type { OperationAnswer, ProviderReport } from '@kastoma/domain/payments';

import { fromStripeAmount } from './stripe-amounts.ts';

/** What an intent says of its payment, in all. A charge that was not asked for along says nothing of refunds. */
export function reportOf(intent: Stripe.PaymentIntent): ProviderReport {
  const money = moneyIn(intent.currency);
  const { status, amount, amount_received: received, latest_charge: charge } = intent;
  const isAuthorized = status === 'requires_capture' || status === 'succeeded';
  const isRestReleased = status === 'succeeded' && received < amount;
  const refunded = typeof charge === 'object' && charge !== null ? charge.amount_refunded : 0;
  return {
    reference: intent.id,
    moved: {
      authorized: money(isAuthorized ? amount : 0),
      captured: money(received),
      refunded: money(refunded),
      isReleased: status === 'canceled' || isRestReleased,
    },
  };
}

/** What a charge says of its payment; it knows of refunds. Null for one that belongs to no intent. */
export function reportOfCharge(charge: Stripe.Charge): ProviderReport | null {
  const reference = idOf(charge.payment_intent);
  if (reference === null) return null;
  const money = moneyIn(charge.currency);
  return {
    reference,
    moved: {
      authorized: money(charge.paid ? charge.amount : 0),
      captured: money(charge.captured ? charge.amount_captured : 0),
      refunded: money(charge.amount_refunded),
      isReleased: false,
    },
  };
}

/** How a promise stands. */
export function promiseOf(intent: Stripe.PaymentIntent): ProviderAnswer {
  const report = reportOf(intent);
  const { status, last_payment_error: refusal } = intent;
  if (status === 'requires_capture' || status === 'succeeded') return { name: 'succeeded', report };
  if (status === 'canceled') return { name: 'declined', reason: 'canceled', report };
  if (status === 'requires_payment_method' && refusal !== null)
    return { name: 'declined', reason: refusal.decline_code ?? refusal.code ?? 'declined', report };
  // Stripe works on it, or the customer is to do something first.
  return { name: 'under_way', report, clientSecret: intent.client_secret };
}

/** How a capture stands. */
export function captureOf(intent: Stripe.PaymentIntent): ProviderAnswer {
  const report = reportOf(intent);
  if (intent.status === 'succeeded') return { name: 'succeeded', report };
  return intent.status === 'canceled'
    ? { name: 'declined', reason: 'canceled', report }
    : { name: 'under_way', report, clientSecret: null };
}

/** How letting go stands. */
export function releaseOf(intent: Stripe.PaymentIntent): ProviderAnswer {
  const report = reportOf(intent);
  if (intent.status === 'canceled') return { name: 'succeeded', report };
  return intent.status === 'succeeded'
    ? { name: 'declined', reason: 'captured', report }
    : { name: 'under_way', report, clientSecret: null };
}

/** How a refund stands; null while it is under way. */
export function refundOf(refund: Stripe.Refund): OperationAnswer | null {
  const { status, failure_reason: reason } = refund;
  if (status === 'succeeded') return { name: 'succeeded' };
  return status === 'failed' || status === 'canceled'
    ? { name: 'declined', reason: reason ?? status }
    : null;
}

export function paymentIdIn(metadata: Stripe.Metadata | null): PaymentId | null {
  return parseId<PaymentId>(metadata?.['payment_id'] ?? '').unwrapOr(null);
}

export function idOf(thing: string | { readonly id: string } | null): string | null {
  return typeof thing === 'string' ? thing : (thing?.id ?? null);
}

function moneyIn(currency: string) {
  const known = parseCurrency(currency.toUpperCase()).match(
    (code): Currency => code,
    () => defect('Stripe tells of money in a currency that nobody has.'),
  );
  return (amount: number) => fromStripeAmount(amount, known);
}
