import { err, ok, type Result } from 'neverthrow';

import type { VariantId } from '@kastoma/domain/core';
import {
  Stock,
  type InvalidReorderPoint,
  type InvalidStock,
  type Moved,
  type MovementCause,
  type StockNotTracked,
  type StockTooLow,
} from '@kastoma/domain/inventory';

/** A variant's account at the default location, as the inventory knows it. */
export type StockAccount = Stock;
/** Why units were counted. */
export type StockCause = MovementCause;
/** An account as it stood, null for a new one, and what becomes of it. */
export type StockChange = { readonly before: Stock | null; readonly moved: Moved };
export type StockRefusal = InvalidReorderPoint | InvalidStock | StockNotTracked | StockTooLow;

/** The account of a new variant. */
export function openStock(
  variantId: VariantId,
  units: number,
  cause: StockCause,
): Result<StockChange, StockRefusal> {
  return Stock.open(variantId, units, cause).map((moved) => ({ before: null, moved }));
}

/** Whether there can be so many units of a new variant. */
export function checkUnits(units: number, cause: StockCause): Result<null, StockRefusal> {
  const opened = Stock.open('' as VariantId, units, cause);
  return opened.isErr() ? err(opened.error) : ok(null);
}

/** A stock take; null where what was counted is what is known. */
export function countStock(
  account: StockAccount,
  units: number,
  cause: StockCause,
): Result<StockChange | null, StockRefusal> {
  const { onHand, tracking } = account.state;
  if (onHand === units && tracking.mode !== 'not_tracked') return ok(null);
  return account.revise({ counted: units }, cause).map((moved) => ({ before: account, moved }));
}
