import { ok, safeTry } from 'neverthrow';

import type { PaymentOperationId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { CarriedOut } from './carry-out-operation.use-case.ts';
import { viewPayment } from './payment-view.ts';
import type { PaymentsUnitOfWork } from './payments.unit-of-work.ts';

export type SettleOperationCommand = {
  readonly operationId: PaymentOperationId;
  readonly outcome: 'succeeded' | 'declined';
};

type Dependencies = { readonly unitOfWork: PaymentsUnitOfWork; readonly clock: Clock };

/** Writes down what a person knows of an operation that nobody tries any more. No provider is asked. */
export class SettleOperation {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ operationId, outcome }: SettleOperationCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ payments }) =>
      safeTry(async function* () {
        const payment = yield* payments.findByOperation(operationId);
        const settled = yield* payment.settleByHand(operationId, outcome, clock.now());
        yield* payments.save(settled);
        return ok<CarriedOut>({ outcome, payment: viewPayment(settled), clientSecret: null });
      }),
    );
  }
}
