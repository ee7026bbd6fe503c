import { err, errAsync, ok, okAsync, safeTry } from 'neverthrow';

import type { Money, OrderId, PaymentId, PaymentOperationId } from '@kastoma/domain/core';
import type { PaymentNotFound } from '@kastoma/domain/payments';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import { runWithIntent } from '../core/run-with-intent.ts';
import type { CarriedOut, CarryOutOperation } from './carry-out-operation.use-case.ts';
import { viewPayment } from './payment-view.ts';
import type { PaymentsUnitOfWork } from './payments.unit-of-work.ts';

export type CapturePaymentCommand = {
  readonly orderId: OrderId;
  readonly paymentId: PaymentId;
  /** Null captures all that is left. */
  readonly amount: Money | null;
};

/** The provider's final no; nothing has moved. */
export type PaymentDeclined = {
  readonly code: 'payments.declined';
  readonly reason: string | null;
};

/** Whether money has moved is not known yet; the shop goes on asking. */
export type ProviderNotAnswering = { readonly code: 'payments.provider_not_answering' };

type Dependencies = {
  readonly unitOfWork: PaymentsUnitOfWork;
  readonly carryOut: Pick<CarryOutOperation, 'execute'>;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Takes money that was promised, or is in hand. */
export class CapturePayment {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ orderId, paymentId, amount }: CapturePaymentCommand, context: CallContext) {
    const { unitOfWork, carryOut, ids, clock } = this.#dependencies;
    return runWithIntent(
      unitOfWork,
      context,
      ({ payments }) =>
        safeTry(async function* () {
          const found = yield* payments.find(paymentId);
          if (found.state.orderId !== orderId) return err(NOT_FOUND);
          const operationId = ids.next<PaymentOperationId>();
          const asked = yield* found.capture(operationId, amount, clock.now());
          yield* payments.save(asked);
          return ok({ value: viewPayment(asked), intent: operationId });
        }),
      {
        conclude: (operationId) =>
          carryOut.execute(operationId as PaymentOperationId, context).andThen(capturedBy),
        isUnderWay: ({ code }) =>
          code === 'payments.provider_not_answering' || code.startsWith('core.'),
      },
    );
  }
}

const NOT_FOUND: PaymentNotFound = { code: 'payments.payment_not_found' };

function capturedBy({ outcome, payment }: CarriedOut) {
  if (outcome === 'succeeded') return okAsync(payment);
  return outcome === 'declined'
    ? errAsync<never, PaymentDeclined>({
        code: 'payments.declined',
        reason: payment.declineReason,
      })
    : errAsync<never, ProviderNotAnswering>({ code: 'payments.provider_not_answering' });
}
