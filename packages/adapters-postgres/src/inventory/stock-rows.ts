import type { RecordedMovement } from '@kastoma/application/inventory';
import type { LocationId, VariantId } from '@kastoma/domain/core';
import { Stock, type Tracking, type TrackingMode } from '@kastoma/domain/inventory';

import { toTimestamp } from '../core/timestamp.ts';

export type StockRow = {
  variant_id: VariantId;
  location_id: LocationId;
  tracking: TrackingMode;
  backorder_limit: number | null;
  reorder_point: number | null;
  on_hand: number;
  reserved: number;
  version: number;
};

export function toStock(row: StockRow): Stock {
  const state = {
    variantId: row.variant_id,
    locationId: row.location_id,
    onHand: row.on_hand,
    reserved: row.reserved,
    tracking: toTracking(row),
    reorderPoint: row.reorder_point,
  };
  return Stock.restore(state, row.version);
}

export function toStockRow({ state, version }: Stock): StockRow {
  const { tracking } = state;
  return {
    variant_id: state.variantId,
    location_id: state.locationId,
    tracking: tracking.mode,
    backorder_limit: tracking.mode === 'backorder' ? tracking.limit : null,
    reorder_point: state.reorderPoint,
    on_hand: state.onHand,
    reserved: state.reserved,
    version,
  };
}

function toTracking({ tracking: mode, backorder_limit: limit }: StockRow): Tracking {
  return mode === 'backorder' ? { mode, limit } : { mode };
}

export function toMovementRow(movement: RecordedMovement) {
  return {
    id: movement.id,
    variant_id: movement.variantId,
    location_id: movement.locationId,
    type: movement.type,
    on_hand_delta: movement.onHandDelta,
    reserved_delta: movement.reservedDelta,
    on_hand_after: movement.onHandAfter,
    reserved_after: movement.reservedAfter,
    reference: movement.reference,
    actor: movement.actor,
    reason: movement.reason,
    occurred_at: toTimestamp(movement.at),
  };
}
