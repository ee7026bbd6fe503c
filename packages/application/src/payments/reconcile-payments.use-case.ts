import { err, ok, safeTry, type Result } from 'neverthrow';

import { defect, type Instant, type PaymentOperationId } from '@kastoma/domain/core';
import type { Payment } from '@kastoma/domain/payments';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { CarriedOut, CarryOutOperation } from './carry-out-operation.use-case.ts';
import {
  OPERATION_LEASE_MILLISECONDS,
  type ClaimedOperation,
  type OperationQueue,
} from './operation-queue.port.ts';
import type { PaymentsUnitOfWork } from './payments.unit-of-work.ts';

const AT_ONCE = 4;

/** How one operation went. `error` is an exception: a defect, or something that is gone. */
export type ReconciledOperation = ClaimedOperation & {
  readonly outcome: CarriedOut['outcome'] | 'failed';
  readonly error?: unknown;
};

export type PaymentsStanding = {
  /** How long ago the oldest operation was asked for that nobody has answered; 0 when there is none. */
  readonly oldestOpenSeconds: number;
  readonly stuck: number;
};

type Dependencies = {
  readonly unitOfWork: PaymentsUnitOfWork;
  readonly queue: OperationQueue;
  readonly carryOut: Pick<CarryOutOperation, 'ask'>;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/**
 * Finds out how it went with what was asked of providers and never answered, and gives back what is held for orders
 * that cannot be kept. Any number of processes may do so at once, and each may die at any point.
 */
export class ReconcilePayments {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  async standing(): Promise<PaymentsStanding> {
    const { queue, clock } = this.#dependencies;
    const { oldestOpenAt, stuck } = await queue.standing();
    const age = oldestOpenAt === null ? 0 : clock.now() - oldestOpenAt;
    return { oldestOpenSeconds: Math.max(0, age / 1_000), stuck };
  }

  /** One round: a few of each, so that nobody waits for long. */
  async execute(context: CallContext): Promise<readonly ReconciledOperation[]> {
    const { queue, clock } = this.#dependencies;
    const givenBack = await this.#askToGiveBack(context);
    const now = clock.now();
    const due = await queue.claimDue(AT_ONCE, now, leaseFrom(now));
    const claims = await Promise.all(
      givenBack.map(async (id) => queue.claim(id, clock.now(), leaseFrom(clock.now()))),
    );
    const claimed = claims.flatMap((claim) => (claim.name === 'claimed' ? [claim.operation] : []));
    return Promise.all([...claimed, ...due].map((operation) => this.#carryOut(operation, context)));
  }

  async #carryOut(operation: ClaimedOperation, context: CallContext): Promise<ReconciledOperation> {
    try {
      const carried = await this.#dependencies.carryOut.ask(operation, context);
      return carried.match(
        ({ outcome }) => ({ ...operation, outcome }),
        (error) => ({ ...operation, outcome: 'failed', error }),
      );
    } catch (error) {
      // Its lease ends, and it is asked for again.
      return { ...operation, outcome: 'failed', error };
    }
  }

  async #askToGiveBack(context: CallContext): Promise<readonly PaymentOperationId[]> {
    const { unitOfWork, ids, clock } = this.#dependencies;
    const asked: PaymentOperationId[] = [];
    while (asked.length < AT_ONCE) {
      const run = await unitOfWork.run(context, ({ payments }) =>
        safeTry(async function* () {
          const payment = yield* payments.findToGiveBack(clock.now());
          const id = ids.next<PaymentOperationId>();
          yield* payments.save(givingBack(payment, id, clock.now()));
          return ok(id);
        }),
      );
      // Nothing is to be given back, or somebody else does it.
      if (run.isErr()) return asked;
      asked.push(run.value);
    }
    return asked;
  }
}

function givingBack(payment: Payment, id: PaymentOperationId, at: Instant): Payment {
  return askedBack(payment, id, at).match(
    (giving) => giving,
    ({ code }) => defect(`What the payment ${payment.state.id} holds cannot go back: ${code}.`),
  );
}

function askedBack(
  payment: Payment,
  id: PaymentOperationId,
  at: Instant,
): Result<Payment, { readonly code: string }> {
  const wanted = payment.toGiveBack;
  if (wanted === null) return err({ code: 'nothing_held' });
  return wanted.kind === 'refund' ? payment.refund(id, wanted.amount, at) : payment.void(id, at);
}

function leaseFrom(now: Instant): Instant {
  return (now + OPERATION_LEASE_MILLISECONDS) as Instant;
}
