import { err, errAsync, ok, okAsync, safeTry, type Result } from 'neverthrow';

import type { Instant } from '@kastoma/domain/core';
import type { Payment, PaymentMethod, PaymentNotFound } from '@kastoma/domain/payments';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { EventMalformed, PaymentProviders, ProviderEvent } from './payment-provider.port.ts';
import type { PaymentsTx, PaymentsUnitOfWork } from './payments.unit-of-work.ts';

/** A message as it came under a provider's name. */
export type ReceivedEvent = {
  readonly provider: string;
  /** The bytes that came: a signature is about them, and not about what they mean. */
  readonly body: Uint8Array;
  readonly header: (name: string) => string | null;
};

/** Nobody of that name moves money for this shop. */
export type ProviderUnknown = { readonly code: 'payments.provider_unknown' };

/** Of no interest are events of a kind that says nothing of a payment, and those about payments of somebody else. */
export type EventReception = 'taken' | 'known' | 'of_no_interest';

type Dependencies = {
  readonly unitOfWork: PaymentsUnitOfWork;
  readonly providers: PaymentProviders;
  readonly clock: Clock;
};

/** Takes in what providers tell by themselves: twice, late or out of order without harm. */
export class ReceiveProviderEvent {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(received: ReceivedEvent, context: CallContext) {
    const { unitOfWork, providers, clock } = this.#dependencies;
    const provider = providers.get(received.provider as PaymentMethod);
    if (provider === undefined)
      return errAsync<EventReception, ProviderUnknown>({ code: 'payments.provider_unknown' });
    return provider
      .parseWebhook(received.body, received.header)
      .asyncAndThen((event) =>
        event === null
          ? okAsync<EventReception>('of_no_interest')
          : unitOfWork.run(context, (tx) => takeIn(tx, provider.method, event, clock.now())),
      );
  }
}

function takeIn(tx: PaymentsTx, provider: PaymentMethod, event: ProviderEvent, at: Instant) {
  return safeTry(async function* () {
    const found = await paymentOf(tx, provider, event);
    if (found.isErr()) return ok<EventReception>('of_no_interest');
    const payment = found.value;
    const noted = { provider, id: event.id, paymentId: payment.state.id };
    if (!(yield* tx.events.take(noted, at))) return ok<EventReception>('known');
    const next = yield* tellOf(payment, event, at);
    if (next.version !== payment.version) yield* tx.payments.save(next);
    return ok<EventReception>('taken');
  });
}

/** An event may be faster than the answer that names the reference. */
async function paymentOf(
  { payments }: PaymentsTx,
  provider: PaymentMethod,
  { reference, paymentId }: ProviderEvent,
): Promise<Result<Payment, PaymentNotFound>> {
  const byReference = await payments.findByReference(provider, reference);
  if (byReference.isOk() || paymentId === null) return byReference;
  const byId = await payments.find(paymentId);
  return byId.andThen((payment) => {
    const { method, reference: known } = payment.state;
    const isThis = method === provider && (known === null || known === reference);
    return isThis ? ok(payment) : err({ code: 'payments.payment_not_found' as const });
  });
}

/** What became of an operation that nobody knows is the provider's own business. */
function tellOf(
  payment: Payment,
  { report, settled }: ProviderEvent,
  at: Instant,
): Result<Payment, EventMalformed> {
  const learned = report === null ? ok(payment) : payment.learn(report, at);
  return learned
    .map((heard) =>
      settled === null
        ? heard
        : heard.settle(settled.operationId, settled.answer, at).unwrapOr(heard),
    )
    .mapErr(() => ({ code: 'payments.event_malformed' }));
}
