import { errAsync, ok, okAsync, ResultAsync, safeTry } from 'neverthrow';

import {
  defect,
  type Instant,
  type PaymentId,
  type PaymentOperationId,
} from '@kastoma/domain/core';
import {
  isOpen,
  type Payment,
  type PaymentNotFound,
  type PaymentOperation,
} from '@kastoma/domain/payments';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdempotencyOutcome } from '../core/idempotency.ts';
import type { Jitter } from '../core/jitter.port.ts';
import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';
import {
  OPERATION_LEASE_MILLISECONDS,
  type ClaimedOperation,
  type OperationQueue,
} from './operation-queue.port.ts';
import type { PaymentProviders, ProviderAnswer, ProviderRequest } from './payment-provider.port.ts';
import type { PaymentReader } from './payment-repository.port.ts';
import { viewPayment, type PaymentView } from './payment-view.ts';
import type { PaymentsUnitOfWork } from './payments.unit-of-work.ts';

/** How an operation stands after the provider was asked, with its payment. */
export type CarriedOut = {
  readonly outcome: 'succeeded' | 'declined' | 'under_way' | 'unknown';
  readonly payment: PaymentView;
  /** What the customer's browser needs to go on with the provider. */
  readonly clientSecret: string | null;
};

type InFlight = Extract<IdempotencyOutcome, { code: 'core.idempotency_key_in_flight' }>;

/** After so many attempts, within some fifteen hours, an operation is for a person. Providers keep keys for a day. */
const MOST_ATTEMPTS = 24;
const FIRST_PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 3_600;

type Dependencies = {
  readonly unitOfWork: PaymentsUnitOfWork;
  readonly payments: PaymentReader;
  readonly queue: OperationQueue;
  readonly providers: PaymentProviders;
  readonly clock: Clock;
  readonly jitter: Jitter;
};

/**
 * Asks the provider for what was written down, and writes down what came of it; the provider is asked outside of any
 * transaction. Whoever dies in between leaves an operation that is asked for again, under the same key.
 */
export class CarryOutOperation {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** Claims it first; what somebody else is asking for right now is in flight. */
  execute(
    id: PaymentOperationId,
    context: CallContext,
  ): ResultAsync<CarriedOut, PaymentNotFound | InFlight | ConcurrentUpdate | IdempotencyOutcome> {
    const { queue, clock, payments } = this.#dependencies;
    const now = clock.now();
    const claimed = queue.claim(id, now, (now + OPERATION_LEASE_MILLISECONDS) as Instant);
    return ResultAsync.fromSafePromise(claimed).andThen((claim) => {
      if (claim.name === 'claimed') return this.ask(claim.operation, context);
      if (claim.name === 'in_flight')
        return errAsync({ code: 'core.idempotency_key_in_flight' as const });
      if (claim.name === 'not_found')
        return errAsync({ code: 'payments.payment_not_found' as const });
      return payments.find(claim.paymentId).map((payment) => settledIn(payment, id));
    });
  }

  /** What was claimed already. */
  ask(
    claimed: ClaimedOperation,
    context: CallContext,
  ): ResultAsync<CarriedOut, PaymentNotFound | ConcurrentUpdate | IdempotencyOutcome> {
    return this.#dependencies.payments.find(claimed.paymentId).andThen((payment) => {
      const operation = operationOf(payment, claimed.id);
      // A provider's event was faster.
      if (!isOpen(operation)) return okAsync(settledIn(payment, claimed.id));
      // It was begun often enough, and nobody has lived to tell.
      if (claimed.attempts > MOST_ATTEMPTS) {
        const givenUp = this.#dependencies.queue.postpone(claimed, 'never_ended', null);
        return ResultAsync.fromSafePromise(givenUp).map(() => settledIn(payment, claimed.id));
      }
      return ResultAsync.fromSafePromise(this.#askProvider(payment, operation, claimed)).andThen(
        (answer) => this.#writeDown(claimed, answer, context),
      );
    });
  }

  async #askProvider(
    { state }: Payment,
    operation: PaymentOperation,
    { attempts }: ClaimedOperation,
  ): Promise<ProviderAnswer> {
    const provider = this.#dependencies.providers.get(state.method);
    if (provider === undefined) return { name: 'unknown', reason: 'provider_not_configured' };
    const request: ProviderRequest = {
      operationId: operation.id,
      paymentId: state.id,
      orderId: state.orderId,
      amount: operation.amount,
      reference: state.reference,
      token: operation.token,
      isRepeated: attempts > 1,
    };
    // What was asked for under the key is answered by what it was then: how it is now must be looked up.
    const isPromised = operation.kind === 'authorize' && state.reference !== null;
    return isPromised ? provider.find(request) : provider[operation.kind](request);
  }

  #writeDown(
    claimed: ClaimedOperation,
    answer: ProviderAnswer,
    context: CallContext,
  ): ResultAsync<CarriedOut, PaymentNotFound | ConcurrentUpdate | IdempotencyOutcome> {
    const at = this.#dependencies.clock.now();
    const learned = this.#learn(claimed.paymentId, claimed.id, answer, at, context);
    return learned.andThen((payment) => {
      const { kind, outcome } = operationOf(payment, claimed.id);
      const view = viewPayment(payment);
      if (outcome.name !== 'open')
        return okAsync({ outcome: outcome.name, payment: view, clientSecret: null });
      const isUnknown = answer.name === 'unknown';
      const isWaitedFor = !isUnknown && kind === 'authorize';
      const isOver = claimed.attempts >= MOST_ATTEMPTS && isWaitedFor;
      const given = isOver ? this.#abandon(claimed.paymentId, at, context) : okAsync();
      const reason = isUnknown ? answer.reason : 'under_way';
      return given
        .andThen(() => ResultAsync.fromSafePromise(this.#postpone(claimed, reason, at)))
        .map((): CarriedOut => ({
          outcome: isUnknown ? 'unknown' : 'under_way',
          payment: view,
          clientSecret: answer.name === 'under_way' ? answer.clientSecret : null,
        }));
    });
  }

  /** Nobody has come to promise the money: should they come yet, it goes back. */
  #abandon(paymentId: PaymentId, at: Instant, { actor, correlationId }: CallContext) {
    return this.#dependencies.unitOfWork.run({ actor, correlationId }, ({ payments }) =>
      payments.find(paymentId).andThen((payment) => payments.save(payment.abandon(at))),
    );
  }

  #learn(
    paymentId: PaymentId,
    id: PaymentOperationId,
    answer: ProviderAnswer,
    at: Instant,
    { actor, correlationId }: CallContext,
  ) {
    const { unitOfWork, payments } = this.#dependencies;
    if (answer.name === 'unknown') return payments.find(paymentId);
    return unitOfWork.run({ actor, correlationId }, (tx) =>
      safeTry(async function* () {
        const found = yield* tx.payments.find(paymentId);
        const { report } = answer;
        const heard = report === null ? found : believed(found, report, at);
        const told = answer.name === 'under_way' ? ok(heard) : heard.settle(id, answer, at);
        const next = told.match(
          (payment) => payment,
          () => defect(`The operation ${id} was asked for and is not there.`),
        );
        if (next.version !== found.version) yield* tx.payments.save(next);
        return ok(next);
      }),
    );
  }

  #postpone(claimed: ClaimedOperation, reason: string, at: Instant): Promise<void> {
    const { queue, jitter } = this.#dependencies;
    if (claimed.attempts >= MOST_ATTEMPTS) return queue.postpone(claimed, reason, null);
    const doubled = FIRST_PAUSE_SECONDS * 2 ** (claimed.attempts - 1);
    const seconds = jitter.spread(Math.min(doubled, LONGEST_PAUSE_SECONDS));
    return queue.postpone(claimed, reason, (at + Math.ceil(seconds * 1_000)) as Instant);
  }
}

/** A provider that answers in another currency than it was asked in is another provider than it was taken for. */
function believed(payment: Payment, report: Parameters<Payment['learn']>[0], at: Instant): Payment {
  return payment.learn(report, at).match(
    (learned) => learned,
    ({ expected, actual }) =>
      defect(`A provider was asked in ${expected} and answered in ${actual}.`),
  );
}

function operationOf(payment: Payment, id: PaymentOperationId): PaymentOperation {
  return (
    payment.state.operations.find((operation) => operation.id === id) ??
    defect(`The operation ${id} is of another payment.`)
  );
}

function settledIn(payment: Payment, id: PaymentOperationId): CarriedOut {
  const { name } = operationOf(payment, id).outcome;
  const outcome = name === 'open' ? 'under_way' : name;
  return { outcome, payment: viewPayment(payment), clientSecret: null };
}
