import type { RefundExceedsCaptured, ShelfFull } from '@kastoma/application/ordering';
import type {
  AlreadyExchanged,
  RefundError,
  ReturnIsOver,
  ReturnNotFound,
  ReturnOfNothing,
} from '@kastoma/domain/ordering';

import type { ProblemMap } from '../core/problem-map.ts';

/** Refunds and returns; what both share with fulfilments, and with all money, is told elsewhere. */
export type RefundProblem =
  | AlreadyExchanged
  | Extract<RefundError, { readonly code: `ordering.refund_${string}` }>
  | RefundExceedsCaptured
  | ReturnIsOver
  | ReturnNotFound
  | ReturnOfNothing
  | ShelfFull;

export const REFUND_PROBLEMS: ProblemMap<RefundProblem> = {
  'ordering.already_exchanged': {
    status: 409,
    describe: () => 'An order has gone out for this return already.',
    detail: ({ exchangeOrderId }) => ({ exchange_order_id: exchangeOrderId }),
  },
  'ordering.refund_below_zero': { status: 422, describe: () => 'A refund takes no money.' },
  'ordering.refund_exceeds_captured': {
    status: 409,
    describe: ({ left }) => {
      const { amount, currency } = left.toJSON();
      return `${amount} ${currency} of what has come in are left to pay back.`;
    },
    detail: ({ requested, left }) => ({ requested: requested.toJSON(), left: left.toJSON() }),
  },
  'ordering.refund_exceeds_left': {
    status: 409,
    describe: ({ left }) => {
      const { amount, currency } = left.toJSON();
      return `${amount} ${currency} are left to pay back.`;
    },
    detail: ({ requested, left }) => ({ requested: requested.toJSON(), left: left.toJSON() }),
  },
  'ordering.refund_of_nothing': {
    status: 422,
    describe: () => 'Say what to pay back: units, an amount, or shipping.',
  },
  'ordering.return_is_over': {
    status: 409,
    describe: ({ status }) => `The return is ${status} already.`,
    detail: ({ status }) => ({ status }),
  },
  'ordering.return_not_found': { status: 404, describe: () => 'The order has no such return.' },
  'ordering.return_of_nothing': {
    status: 422,
    describe: () => 'A return is of at least one unit.',
    field: 'lines',
  },
  'ordering.shelf_full': {
    status: 409,
    describe: () => 'There would be more units than an account of stock holds.',
  },
};
