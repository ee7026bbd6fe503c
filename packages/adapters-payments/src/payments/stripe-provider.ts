import { err, ok, type Result } from 'neverthrow';
import Stripe from 'stripe';

import type {
  EventMalformed,
  EventNotSigned,
  PaymentProvider,
  ProviderAnswer,
  ProviderEvent,
  ProviderRequest,
} from '@kastoma/application/payments';

import { toStripeAmount } from './stripe-amounts.ts';
import { toProviderEvent } from './stripe-events.ts';
import { meaningOf, STATE_CHANGED } from './stripe-failures.ts';
import { captureOf, promiseOf, refundOf, releaseOf, reportOfCharge } from './stripe-intents.ts';

export type StripeSettings = {
  readonly key: string;
  readonly webhookSecret: string;
  /** Left out, Stripe itself. */
  readonly address?: { readonly host: string; readonly port: number; readonly protocol: 'http' };
  readonly timeoutMilliseconds?: number;
};

/** Longer than Stripe takes, and shorter than the lease of whoever asks. */
const TIMEOUT_MILLISECONDS = 15_000;

type Intent = Stripe.PaymentIntent;

/** Payments through Stripe: an intent each, promised first and captured when staff say so. */
export class StripeProvider implements PaymentProvider {
  readonly method = 'stripe';
  readonly #stripe: Stripe;
  readonly #webhookSecret: string;

  constructor({ key, webhookSecret, address, timeoutMilliseconds }: StripeSettings) {
    this.#webhookSecret = webhookSecret;
    this.#stripe = new Stripe(key, {
      ...address,
      timeout: timeoutMilliseconds ?? TIMEOUT_MILLISECONDS,
      // The shop asks again by itself, and knows what it asked for.
      maxNetworkRetries: 0,
      telemetry: false,
    });
  }

  async authorize(request: ProviderRequest): Promise<ProviderAnswer> {
    const { paymentId, orderId, operationId, token } = request;
    const amount = toStripeAmount(request.amount);
    if (amount.isErr()) return { name: 'declined', reason: amount.error, report: null };
    return this.#ask(request, promiseOf, () =>
      this.#stripe.paymentIntents.create(
        {
          amount: amount.value,
          currency: request.amount.currency.toLowerCase(),
          capture_method: 'manual',
          metadata: { payment_id: paymentId, order_id: orderId, operation_id: operationId },
          // A token is paid with here and now: nobody is there who could be led to another page.
          ...(token === null
            ? { automatic_payment_methods: { enabled: true } }
            : {
                automatic_payment_methods: { enabled: true, allow_redirects: 'never' as const },
                payment_method: token,
                confirm: true,
              }),
        },
        { idempotencyKey: operationId },
      ),
    );
  }

  async capture(request: ProviderRequest): Promise<ProviderAnswer> {
    const amount = toStripeAmount(request.amount);
    if (amount.isErr()) return { name: 'declined', reason: amount.error, report: null };
    return this.#askOnce(request, captureOf, (reference) =>
      this.#stripe.paymentIntents.capture(
        reference,
        { amount_to_capture: amount.value },
        { idempotencyKey: request.operationId },
      ),
    );
  }

  async void(request: ProviderRequest): Promise<ProviderAnswer> {
    return this.#askOnce(request, releaseOf, (reference) =>
      this.#stripe.paymentIntents.cancel(reference, {}, { idempotencyKey: request.operationId }),
    );
  }

  async refund(request: ProviderRequest): Promise<ProviderAnswer> {
    const { reference, operationId, paymentId } = request;
    const amount = toStripeAmount(request.amount);
    if (amount.isErr()) return { name: 'declined', reason: amount.error, report: null };
    if (reference === null) return NOT_NAMED;
    try {
      const known = request.isRepeated ? await this.#refundUnder(operationId, reference) : null;
      const refund =
        known ??
        (await this.#stripe.refunds.create(
          {
            payment_intent: reference,
            amount: amount.value,
            metadata: { operation_id: operationId, payment_id: paymentId },
            expand: ['charge'],
          },
          { idempotencyKey: operationId },
        ));
      return toRefundAnswer(refund);
    } catch (error) {
      const meaning = meaningOf(error);
      return meaning === STATE_CHANGED
        ? { name: 'declined', reason: 'already_refunded', report: null }
        : meaning;
    }
  }

  async find(request: ProviderRequest): Promise<ProviderAnswer> {
    return this.#look(request, promiseOf);
  }

  parseWebhook(
    body: Uint8Array,
    header: (name: string) => string | null,
  ): Result<ProviderEvent | null, EventNotSigned | EventMalformed> {
    const signature = header('stripe-signature') ?? '';
    try {
      const event = this.#stripe.webhooks.constructEvent(
        Buffer.from(body),
        signature,
        this.#webhookSecret,
      );
      return ok(toProviderEvent(event));
    } catch (error) {
      const isUnsigned = error instanceof Stripe.errors.StripeSignatureVerificationError;
      return err({ code: isUnsigned ? 'payments.event_not_signed' : 'payments.event_malformed' });
    }
  }

  /** Stripe forgets keys after a day, and keeps its own failures under them: who asks again looks first. */
  async #askOnce(
    request: ProviderRequest,
    answerOf: (intent: Intent) => ProviderAnswer,
    ask: (reference: string) => Promise<Intent>,
  ): Promise<ProviderAnswer> {
    const { reference, isRepeated } = request;
    if (reference === null) return NOT_NAMED;
    if (isRepeated) {
      const known = await this.#look(request, answerOf);
      if (known.name !== 'under_way') return known;
    }
    return this.#ask(request, answerOf, () => ask(reference));
  }

  async #ask(
    request: ProviderRequest,
    answerOf: (intent: Intent) => ProviderAnswer,
    ask: () => Promise<Intent>,
  ): Promise<ProviderAnswer> {
    try {
      return answerOf(await ask());
    } catch (error) {
      const meaning = meaningOf(error);
      return meaning === STATE_CHANGED ? this.#look(request, answerOf) : meaning;
    }
  }

  async #look(
    { reference }: ProviderRequest,
    answerOf: (intent: Intent) => ProviderAnswer,
  ): Promise<ProviderAnswer> {
    if (reference === null) return NOT_NAMED;
    try {
      const expand = ['latest_charge'];
      return answerOf(await this.#stripe.paymentIntents.retrieve(reference, { expand }));
    } catch (error) {
      const meaning = meaningOf(error);
      return meaning === STATE_CHANGED ? { name: 'unknown', reason: 'state_changed' } : meaning;
    }
  }

  async #refundUnder(operationId: string, reference: string): Promise<Stripe.Refund | null> {
    const refunds = this.#stripe.refunds.list({
      payment_intent: reference,
      limit: 100,
      expand: ['data.charge'],
    });
    for await (const refund of refunds)
      if (refund.metadata?.['operation_id'] === operationId) return refund;
    return null;
  }
}

const NOT_NAMED: ProviderAnswer = { name: 'unknown', reason: 'not_named' };

function toRefundAnswer(refund: Stripe.Refund): ProviderAnswer {
  const { charge } = refund;
  const answer = refundOf(refund);
  // What a charge counts as refunded may still fail: it counts when the refund has succeeded.
  if (answer === null) return { name: 'under_way', report: null, clientSecret: null };
  const isTold = answer.name === 'succeeded' && typeof charge === 'object' && charge !== null;
  return { ...answer, report: isTold ? reportOfCharge(charge) : null };
}
