import type {
  InvalidBackorderLimit,
  InvalidLocationCode,
  InvalidMovementQuantity,
  InvalidReorderPoint,
  InvalidStock,
  LocationCodeTaken,
  LocationNotFound,
  StockNotFound,
  StockNotTracked,
  StockTooLow,
} from '@kastoma/domain/inventory';

import type { ProblemMap } from '../core/problem-map.ts';

export type InventoryError =
  | InvalidBackorderLimit
  | InvalidLocationCode
  | InvalidMovementQuantity
  | InvalidReorderPoint
  | InvalidStock
  | LocationCodeTaken
  | LocationNotFound
  | StockNotFound
  | StockNotTracked
  | StockTooLow;

const maximumUnits = ({ maximum }: { readonly maximum: number }) => ({ maximum });

export const INVENTORY_PROBLEMS: ProblemMap<InventoryError> = {
  'inventory.invalid_backorder_limit': {
    status: 422,
    describe: ({ maximum }) =>
      `A limit is a whole number from 0 to ${maximum}, and for the mode backorder alone.`,
    detail: maximumUnits,
  },
  'inventory.invalid_location_code': {
    status: 422,
    describe: () => 'A code is at most 30 Latin letters and digits, with hyphens between.',
  },
  'inventory.invalid_movement_quantity': {
    status: 422,
    describe: ({ type, maximum }) =>
      type === 'adjustment'
        ? `An adjustment is a whole number of units, at most ${maximum}; with a minus it takes them away.`
        : `It is a whole number of units from 1 to ${maximum}.`,
    detail: maximumUnits,
  },
  'inventory.invalid_reorder_point': {
    status: 422,
    describe: ({ maximum }) => `A reorder point is a whole number from 0 to ${maximum}.`,
    detail: maximumUnits,
  },
  'inventory.invalid_stock': {
    status: 422,
    describe: ({ maximum }) => `Stock is a whole number of units from 0 to ${maximum}.`,
    detail: maximumUnits,
  },
  'inventory.location_code_taken': {
    status: 409,
    describe: () => 'There is a location under this code.',
  },
  'inventory.location_not_found': {
    status: 404,
    describe: () => 'There is no such location.',
    field: 'location',
  },
  'inventory.stock_not_found': { status: 404, describe: () => 'There is no such variant.' },
  'inventory.stock_not_tracked': {
    status: 409,
    describe: () => 'Nobody counts the units of this variant. Set another tracking mode first.',
  },
  'inventory.stock_too_low': {
    status: 409,
    describe: ({ onHand, reserved, lowestAvailable }) =>
      `${onHand} on hand would be left, ${reserved} are reserved, and available must be at least ${lowestAvailable}.`,
    detail: ({ onHand, reserved, lowestAvailable }) => ({
      on_hand: onHand,
      reserved,
      lowest_available: lowestAvailable,
    }),
  },
};
