import type { LowStockView, MovementView, StockView } from '@kastoma/application/inventory';
import { formatInstant } from '@kastoma/domain/core';
import type { Location } from '@kastoma/domain/inventory';

export function presentStock(stock: StockView) {
  return {
    variant_id: stock.variantId,
    location: stock.location,
    tracking: stock.tracking,
    backorder_limit: stock.backorderLimit,
    reorder_point: stock.reorderPoint,
    on_hand: stock.onHand,
    reserved: stock.reserved,
    available: stock.available,
    in_stock: stock.inStock,
    version: stock.version,
  };
}

export function presentMovement(movement: MovementView) {
  return {
    id: movement.id,
    type: movement.type,
    on_hand_delta: movement.onHandDelta,
    reserved_delta: movement.reservedDelta,
    on_hand_before: movement.onHandBefore,
    on_hand_after: movement.onHandAfter,
    reserved_before: movement.reservedBefore,
    reserved_after: movement.reservedAfter,
    reference: movement.reference,
    actor: movement.actor,
    reason: movement.reason,
    occurred_at: formatInstant(movement.occurredAt),
  };
}

export function presentLowStock(low: LowStockView) {
  return {
    variant_id: low.variantId,
    product_id: low.productId,
    sku: low.sku,
    product_name: low.productName,
    on_hand: low.onHand,
    reserved: low.reserved,
    available: low.available,
    threshold: low.threshold,
  };
}

export function presentLocation({ state: { id, code, name, isDefault, createdAt } }: Location) {
  return { id, code, name, is_default: isDefault, created_at: formatInstant(createdAt) };
}
