import { ok, okAsync, ResultAsync, safeTry } from 'neverthrow';

import type { PaymentOperationId } from '@kastoma/domain/core';
import { isOpen, type Payment } from '@kastoma/domain/payments';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import { runWithIntent } from '../core/run-with-intent.ts';
import type { CarriedOut, CarryOutOperation } from './carry-out-operation.use-case.ts';
import type { OperationQueue } from './operation-queue.port.ts';
import { viewPayment } from './payment-view.ts';
import type { PaymentsUnitOfWork } from './payments.unit-of-work.ts';

type Dependencies = {
  readonly unitOfWork: PaymentsUnitOfWork;
  readonly queue: OperationQueue;
  readonly carryOut: Pick<CarryOutOperation, 'execute'>;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/**
 * Has a provider asked once more, because a person wants it: under the same key for what was never answered, and under a
 * new one for what was refused.
 */
export class RetryOperation {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(id: PaymentOperationId, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    return runWithIntent(
      unitOfWork,
      context,
      ({ payments }) =>
        safeTry(async function* () {
          const payment = yield* payments.findByOperation(id);
          if (isWaiting(payment, id)) return ok({ value: underWay(payment), intent: id });
          const newId = ids.next<PaymentOperationId>();
          const asked = yield* payment.askAgain(id, newId, clock.now());
          yield* payments.save(asked);
          return ok({ value: underWay(asked), intent: newId });
        }),
      {
        conclude: (operationId) => this.#conclude(operationId as PaymentOperationId, context),
        isUnderWay: () => true,
      },
    );
  }

  #conclude(id: PaymentOperationId, context: CallContext) {
    const { queue, clock, carryOut } = this.#dependencies;
    return ResultAsync.fromSafePromise(queue.requeue(id, clock.now()))
      .andThen(() => carryOut.execute(id, context))
      .andThen((carried) => okAsync(carried));
  }
}

function isWaiting({ state }: Payment, id: PaymentOperationId): boolean {
  return state.operations.some((operation) => operation.id === id && isOpen(operation));
}

function underWay(payment: Payment): CarriedOut {
  return { outcome: 'under_way', payment: viewPayment(payment), clientSecret: null };
}
