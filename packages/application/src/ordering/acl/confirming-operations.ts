import { okAsync, type ResultAsync } from 'neverthrow';

import type { OrderId, PaymentOperationId } from '@kastoma/domain/core';

import { systemContext, type CallContext } from '../../core/call-context.ts';
import type { Clock } from '../../core/clock.port.ts';
import type { CarriedOut, CarryOutOperation } from '../../payments/carry-out-operation.use-case.ts';
import type { ClaimedOperation } from '../../payments/operation-queue.port.ts';
import { confirmWhenPaid } from '../confirm-when-paid.ts';
import type { OrderingUnitOfWork } from '../ordering.unit-of-work.ts';

type Operations = Pick<CarryOutOperation, 'execute' | 'ask'>;

type Dependencies = {
  readonly operations: Operations;
  readonly unitOfWork: OrderingUnitOfWork;
  readonly clock: Clock;
};

/**
 * Has an order confirmed before anybody is answered whose money an operation brought. Where that fails it is confirmed
 * all the same, a moment later: the payment's event says so, too.
 */
export class ConfirmingOperations implements Operations {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(id: PaymentOperationId, context: CallContext): ReturnType<Operations['execute']> {
    return this.#dependencies.operations
      .execute(id, context)
      .andThen((carried) => this.#confirm(carried, context));
  }

  ask(claimed: ClaimedOperation, context: CallContext): ReturnType<Operations['ask']> {
    return this.#dependencies.operations
      .ask(claimed, context)
      .andThen((carried) => this.#confirm(carried, context));
  }

  #confirm(carried: CarriedOut, { correlationId }: CallContext): ResultAsync<CarriedOut, never> {
    const { outcome, payment } = carried;
    const isSecured = payment.status === 'authorized' || payment.status === 'paid';
    if (outcome !== 'succeeded' || !isSecured) return okAsync(carried);
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork
      .run(systemContext(correlationId), (tx) =>
        confirmWhenPaid(tx, payment.orderId as OrderId, clock.now()),
      )
      .map(() => carried)
      .orElse(() => okAsync(carried));
  }
}
