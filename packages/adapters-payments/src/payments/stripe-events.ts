import type Stripe from 'stripe';

import type { ProviderEvent } from '@kastoma/application/payments';
import { parseId, type PaymentOperationId } from '@kastoma/domain/core';

import {
  idOf,
  paymentIdIn,
  promiseOf,
  refundOf,
  reportOf,
  reportOfCharge,
} from './stripe-intents.ts';

/** What an event of Stripe says of a payment; null for one that says nothing of any. */
export function toProviderEvent(event: Stripe.Event): ProviderEvent | null {
  if (isOfIntent(event)) return ofIntent(event.id, event.data.object);
  if (event.type === 'charge.captured' || event.type === 'charge.refunded')
    return ofCharge(event.id, event.data.object);
  return isOfRefund(event) ? ofRefund(event.id, event.data.object) : null;
}

type OfIntent = Extract<Stripe.Event, { data: { object: Stripe.PaymentIntent } }>;
type OfRefund = Extract<Stripe.Event, { data: { object: Stripe.Refund } }>;

function isOfIntent(event: Stripe.Event): event is OfIntent {
  return event.type.startsWith('payment_intent.');
}

function isOfRefund(event: Stripe.Event): event is OfRefund {
  return event.type.startsWith('refund.') || event.type === 'charge.refund.updated';
}

function ofIntent(id: string, intent: Stripe.PaymentIntent): ProviderEvent {
  const promise = promiseOf(intent);
  const operationId = operationIdIn(intent.metadata);
  const isRefused = promise.name === 'declined' && intent.status !== 'canceled';
  return {
    id,
    reference: intent.id,
    paymentId: paymentIdIn(intent.metadata),
    report: reportOf(intent),
    settled:
      isRefused && operationId !== null
        ? { operationId, answer: { name: 'declined', reason: promise.reason } }
        : null,
  };
}

function ofCharge(id: string, charge: Stripe.Charge): ProviderEvent | null {
  const report = reportOfCharge(charge);
  if (report === null) return null;
  const { reference } = report;
  return { id, reference, paymentId: paymentIdIn(charge.metadata), report, settled: null };
}

function ofRefund(id: string, refund: Stripe.Refund): ProviderEvent | null {
  const reference = idOf(refund.payment_intent);
  const operationId = operationIdIn(refund.metadata);
  const answer = refundOf(refund);
  if (reference === null || operationId === null || answer === null) return null;
  const paymentId = paymentIdIn(refund.metadata);
  return { id, reference, paymentId, report: null, settled: { operationId, answer } };
}

function operationIdIn(metadata: Stripe.Metadata | null): PaymentOperationId | null {
  return parseId<PaymentOperationId>(metadata?.['operation_id'] ?? '').unwrapOr(null);
}
