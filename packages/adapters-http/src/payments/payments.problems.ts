import type {
  EventMalformed,
  EventNotSigned,
  PaymentDeclined,
  ProviderNotAnswering,
  ProviderUnknown,
} from '@kastoma/application/payments';
import type {
  AmountNotPositive,
  AmountTooLarge,
  OperationNotFound,
  PaymentNotFound,
  PaymentStepNotPossible,
} from '@kastoma/domain/payments';

import type { ProblemMap } from '../core/problem-map.ts';

export type PaymentsError =
  | AmountNotPositive
  | AmountTooLarge
  | EventMalformed
  | EventNotSigned
  | OperationNotFound
  | PaymentDeclined
  | PaymentNotFound
  | PaymentStepNotPossible
  | ProviderNotAnswering
  | ProviderUnknown;

export const PAYMENTS_PROBLEMS: ProblemMap<PaymentsError> = {
  'payments.amount_not_positive': {
    status: 422,
    describe: () => 'An amount is more than nothing.',
    field: 'amount',
  },
  'payments.amount_too_large': {
    status: 422,
    describe: ({ most }) => `At most ${most.amount} ${most.currency} are left.`,
    detail: ({ operation, most }) => ({ operation, most }),
    field: 'amount',
  },
  'payments.declined': {
    status: 409,
    describe: () => 'The payment provider has said no. No money has moved.',
    detail: ({ reason }) => ({ reason }),
  },
  'payments.event_malformed': {
    status: 400,
    describe: () => 'The event cannot be understood.',
  },
  'payments.event_not_signed': {
    status: 400,
    describe: () => 'The event does not carry a good signature of the payment provider.',
  },
  'payments.operation_not_found': {
    status: 404,
    describe: () => 'There is no such operation.',
  },
  'payments.payment_not_found': {
    status: 404,
    describe: () => 'The order has no such payment.',
  },
  'payments.provider_not_answering': {
    status: 503,
    describe: () =>
      'The payment provider does not answer. Whether money has moved will be known shortly: repeat the request under the same key.',
    headers: () => ({ 'Retry-After': '30' }),
  },
  'payments.provider_unknown': {
    status: 404,
    describe: () => 'The shop has no such payment provider.',
  },
  'payments.step_not_possible': {
    status: 409,
    describe: ({ operation, status }) => `A payment that is ${status} does not ${operation}.`,
    detail: ({ operation, status }) => ({ operation, status }),
  },
};
