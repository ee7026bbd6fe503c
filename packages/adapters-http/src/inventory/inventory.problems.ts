import type { StockNotFound } from '@kastoma/domain/inventory';

import type { ProblemMap } from '../core/problem-map.ts';

export type InventoryError = StockNotFound;

export const INVENTORY_PROBLEMS: ProblemMap<InventoryError> = {
  'inventory.stock_not_found': { status: 404, describe: () => 'There is no such variant.' },
};
