import { z } from '@hono/zod-openapi';

import type { MovementView, StockQueries, StockView } from '@kastoma/application/inventory';
import { formatInstant, parseId, type VariantId } from '@kastoma/domain/core';
import { MOVEMENT_TYPES } from '@kastoma/domain/inventory';

import { pageOnlyQuery, readBy, timeAnswer } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';

const variantParams = z.object({
  id: z
    .string()
    .transform(readBy(parseId<VariantId>))
    .openapi({ format: 'uuid' }),
});

const stockAnswer = z
  .object({
    variant_id: z.uuid(),
    on_hand: z.int(),
    reserved: z.int(),
    available: z.int(),
    version: z.int(),
  })
  .openapi('Stock');

const movementAnswer = z
  .object({
    id: z.uuid(),
    type: z.enum(MOVEMENT_TYPES),
    on_hand_delta: z.int(),
    reserved_delta: z.int(),
    on_hand_before: z.int(),
    on_hand_after: z.int(),
    reserved_before: z.int(),
    reserved_after: z.int(),
    reference: z.string().openapi({ example: 'order:0199c0de-0000-7000-8000-000000000000' }),
    actor: z.string().openapi({ example: 'user:0199c0de-0000-7000-8000-000000000000' }),
    reason: z.string(),
    occurred_at: timeAnswer,
  })
  .openapi('StockMovement');

export function inventoryRoutes(stockQueries: StockQueries): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/variants/{id}/stock',
      tag: 'Inventory',
      summary: 'Read what is on hand, reserved and available',
      permission: 'inventory.read',
      params: variantParams,
      status: 200,
      message: 'Stock',
      answer: stockAnswer,
      present: presentStock,
      versionOf: (stock) => stock.version,
      handle: ({ params }) => stockQueries.find(params.id),
    }),
    listEndpoint({
      method: 'get',
      path: '/variants/{id}/stock/movements',
      tag: 'Inventory',
      summary: 'Read the ledger of a variant, the latest movement first',
      permission: 'inventory.read',
      params: variantParams,
      query: pageOnlyQuery,
      message: 'Stock movements',
      answer: movementAnswer,
      present: presentMovement,
      handle: ({ params, query }) => stockQueries.movements(params.id, toPageRequest(query)),
    }),
  ];
}

function presentStock({ variantId, onHand, reserved, available, version }: StockView) {
  return { variant_id: variantId, on_hand: onHand, reserved, available, version };
}

function presentMovement(movement: MovementView) {
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
