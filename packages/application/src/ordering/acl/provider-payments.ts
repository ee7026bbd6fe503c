import { errAsync, type ResultAsync } from 'neverthrow';

import { defect, type OrderId, type PaymentOperationId } from '@kastoma/domain/core';

import type { CallContext } from '../../core/call-context.ts';
import type { IdempotencyOutcome } from '../../core/idempotency.ts';
import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type { CarryOutOperation } from '../../payments/carry-out-operation.use-case.ts';
import type { ExecutedPayment, PaymentExecution } from '../payment-execution.port.ts';
import { presentPaymentView } from './presented-payment.ts';

/** Has the payments context ask its providers. */
export class ProviderPayments implements PaymentExecution {
  readonly #carryOut: Pick<CarryOutOperation, 'execute'>;

  constructor(carryOut: Pick<CarryOutOperation, 'execute'>) {
    this.#carryOut = carryOut;
  }

  execute(
    operationId: string,
    context: CallContext,
  ): ResultAsync<ExecutedPayment, ConcurrentUpdate | IdempotencyOutcome> {
    return this.#carryOut
      .execute(operationId as PaymentOperationId, context)
      .map(({ payment, clientSecret }) => ({
        orderId: payment.orderId as OrderId,
        // Its reference is for staff, who read the order.
        payment: presentPaymentView({ ...payment, reference: null }, clientSecret),
      }))
      .orElse((error) =>
        error.code === 'payments.payment_not_found'
          ? defect(`The payment's operation ${operationId} was written down and is not there.`)
          : errAsync(error),
      );
  }
}
