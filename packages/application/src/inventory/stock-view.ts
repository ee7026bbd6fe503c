import type { Stock } from '@kastoma/domain/inventory';

import type { RecordedMovement } from './stock-ledger.port.ts';
import type { MovementView, StockView } from './stock-queries.port.ts';

/** An account as it is shown, with the code of its location. */
export function viewStock(stock: Stock, location: string): StockView {
  const { variantId, onHand, reserved, tracking, reorderPoint } = stock.state;
  return {
    variantId,
    location,
    tracking: tracking.mode,
    backorderLimit: tracking.mode === 'backorder' ? tracking.limit : null,
    reorderPoint,
    onHand,
    reserved,
    available: tracking.mode === 'not_tracked' ? null : stock.available,
    inStock: stock.isInStock,
    version: stock.version,
  };
}

/** A line of the ledger as it is shown. */
export function viewMovement(movement: RecordedMovement): MovementView {
  const { id, type, onHandDelta, reservedDelta, onHandAfter, reservedAfter } = movement;
  const { reference, actor, reason, at: occurredAt } = movement;
  return {
    id,
    type,
    onHandDelta,
    reservedDelta,
    onHandBefore: onHandAfter - onHandDelta,
    onHandAfter,
    reservedBefore: reservedAfter - reservedDelta,
    reservedAfter,
    reference,
    actor,
    reason,
    occurredAt,
  };
}
