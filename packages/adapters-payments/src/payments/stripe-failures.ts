import Stripe from 'stripe';

import type { ProviderAnswer } from '@kastoma/application/payments';

import { reportOf } from './stripe-intents.ts';

/** The payment is in another state than was thought: how it is must be looked up. */
export const STATE_CHANGED = Symbol('state changed');

/**
 * What a refusal or a failure of Stripe means. A refusal is final; whatever may have happened after the request had
 * left is not known, and is asked for again under the same key.
 */
export function meaningOf(error: unknown): ProviderAnswer | typeof STATE_CHANGED {
  if (error instanceof Stripe.errors.StripeCardError) {
    const { payment_intent: intent } = error;
    const reason = error.decline_code ?? error.code ?? 'declined';
    const report = intent === undefined ? null : reportOf(intent);
    return { name: 'declined', reason, report };
  }
  if (error instanceof Stripe.errors.StripeInvalidRequestError) {
    const { code = 'invalid_request' } = error;
    return STATES.has(code) ? STATE_CHANGED : { name: 'declined', reason: code, report: null };
  }
  if (error instanceof Stripe.errors.StripeError)
    return { name: 'unknown', reason: error.code ?? error.type };
  throw error;
}

const STATES: ReadonlySet<string> = new Set([
  'payment_intent_unexpected_state',
  'charge_already_captured',
  'charge_already_refunded',
]);
