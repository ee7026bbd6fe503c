import { ResultAsync } from 'neverthrow';

import type {
  CarriedOut,
  RetryOperation,
  SettleOperation,
  StuckOperation,
  StuckOperations,
} from '@kastoma/application/payments';
import { formatInstant } from '@kastoma/domain/core';

import { pageOnlyQuery } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import {
  carriedOutAnswer,
  operationParams,
  settleOperationBody,
  stuckOperationAnswer,
} from './operations.schemas.ts';
import { presentPayment } from './payment.presenter.ts';

export type OperationUseCases = {
  readonly stuckOperations: StuckOperations;
  readonly retryOperation: RetryOperation;
  readonly settleOperation: SettleOperation;
};

const settles = { tag: 'Payments', permission: 'payments.settle' } as const;
const showsOutcome = {
  ...settles,
  params: operationParams,
  idempotencyKey: 'required',
  status: 200,
  answer: carriedOutAnswer,
  present: presentCarriedOut,
} as const;

/** The way out for money that the shop no longer tries to move. */
export function operationRoutes(useCases: OperationUseCases): readonly Endpoint[] {
  const { stuckOperations, retryOperation, settleOperation } = useCases;
  return [
    listEndpoint({
      ...settles,
      method: 'get',
      path: '/payments/operations',
      summary: 'List what providers have refused or never answered, and nobody tries any more',
      query: pageOnlyQuery,
      message: 'Stuck operations',
      answer: stuckOperationAnswer,
      present: presentStuckOperation,
      handle: ({ query }) =>
        ResultAsync.fromSafePromise(stuckOperations.list(toPageRequest(query))),
    }),
    endpoint({
      ...showsOutcome,
      method: 'post',
      path: '/payments/operations/{operation_id}/retry',
      summary: 'Have the provider asked once more',
      message: 'Provider asked',
      handle: ({ params, context }) => retryOperation.execute(params.operation_id, context),
    }),
    endpoint({
      ...showsOutcome,
      method: 'post',
      path: '/payments/operations/{operation_id}/settle',
      summary: 'Say what has become of it; no provider is asked',
      body: settleOperationBody,
      message: 'Operation settled',
      handle: ({ params, body, context }) =>
        settleOperation.execute(
          { operationId: params.operation_id, outcome: body.outcome },
          context,
        ),
    }),
  ];
}

function presentStuckOperation(stuck: StuckOperation) {
  return {
    id: stuck.id,
    order_id: stuck.orderId,
    payment_id: stuck.paymentId,
    method: stuck.method,
    kind: stuck.kind,
    amount: stuck.amount.toJSON(),
    outcome: stuck.outcome,
    reason: stuck.reason,
    refund_id: stuck.refundId,
    requested_at: formatInstant(stuck.requestedAt),
  };
}

function presentCarriedOut({ outcome, payment }: CarriedOut) {
  return { outcome, payment: presentPayment(payment) };
}
