import type { ResultAsync } from 'neverthrow';

import type { OrderId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { IdempotencyOutcome } from '../core/idempotency.ts';
import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';
import type { OrderPaymentView } from './order-view.ts';

export type ExecutedPayment = { readonly orderId: OrderId; readonly payment: OrderPaymentView };

/** Has a provider asked for what was written down, outside of any transaction, and once however often that is wanted. */
export interface PaymentExecution {
  execute(
    operationId: string,
    context: CallContext,
  ): ResultAsync<ExecutedPayment, ConcurrentUpdate | IdempotencyOutcome>;
}
