import type {
  FulfilmentOfNothing,
  IllegalTransition,
  InvalidSelection,
} from '@kastoma/domain/ordering';

import type { ProblemMap } from '../core/problem-map.ts';

export type OrderLifeError = FulfilmentOfNothing | IllegalTransition | InvalidSelection;

export const ORDER_LIFE_PROBLEMS: ProblemMap<OrderLifeError> = {
  'ordering.fulfilment_of_nothing': {
    status: 422,
    describe: () => 'A parcel holds at least one unit.',
    field: 'lines',
  },
  'ordering.illegal_transition': {
    status: 409,
    describe: ({ from, to, legal }) =>
      legal.length === 0
        ? `An order that is ${from} stays so: it does not become ${to}.`
        : `An order that is ${from} becomes ${legal.join(' or ')}, and not ${to}.`,
    detail: ({ from, to, legal }) => ({ from, to, legal }),
  },
  'ordering.invalid_units': {
    status: 422,
    describe: () => 'It is a whole number of units, at least one.',
  },
  'ordering.order_item_not_found': {
    status: 422,
    describe: () => 'The order has no such item.',
    detail: ({ itemId }) => ({ item_id: itemId }),
  },
  'ordering.order_item_repeated': {
    status: 422,
    describe: () => 'One line an item: say how many units of it in all.',
    detail: ({ itemId }) => ({ item_id: itemId }),
  },
  'ordering.too_many_units': {
    status: 409,
    describe: ({ requested, left }) => `${requested} units are asked for, and ${left} are left.`,
    detail: ({ itemId, requested, left }) => ({ item_id: itemId, requested, left }),
  },
};
