import { z } from '@hono/zod-openapi';

import { parseId, type VariantId } from '@kastoma/domain/core';
import {
  LARGEST_STOCK,
  MOVEMENT_TYPES,
  parseLocationCode,
  POSTED_TYPES,
  TRACKING_MODES,
} from '@kastoma/domain/inventory';

import {
  pageQuery,
  readBy,
  textField,
  timeAnswer,
  wholeNumberQuery,
} from '../core/core.schemas.ts';
import { cursorKey, pageOrFeedQuery } from '../core/cursors.ts';

const DEFAULT_THRESHOLD = 5;

export const variantParams = z.object({
  id: z
    .string()
    .transform(readBy(parseId<VariantId>))
    .openapi({ format: 'uuid' }),
});

const locationField = z
  .string()
  .max(100)
  .transform(readBy(parseLocationCode))
  .openapi({ description: 'The code of a location; left out, the default one', example: 'MAIN' });

/** Where an account stands. */
export const locationQuery = z.object({ location: locationField.optional() });

export const stockAnswer = z
  .object({
    variant_id: z.uuid(),
    location: z.string().openapi({ example: 'MAIN' }),
    tracking: z.enum(TRACKING_MODES),
    backorder_limit: z
      .int()
      .nullable()
      .openapi({ description: 'How far available may fall below zero; null: as far as need be' }),
    reorder_point: z
      .int()
      .nullable()
      .openapi({ description: 'Low from here down; null: by the threshold that is asked for' }),
    on_hand: z.int(),
    reserved: z.int(),
    available: z.int().nullable().openapi({ description: 'Null where nobody counts' }),
    in_stock: z.boolean(),
    version: z.int(),
  })
  .openapi('Stock');

/** The domain says what fits. */
const unitsField = z.number().openapi({ type: 'integer', minimum: 0, maximum: LARGEST_STOCK });

export const reviseStockBody = z
  .strictObject({
    on_hand: unitsField.optional().openapi({ description: 'What was counted', example: 12 }),
    tracking: z.enum(TRACKING_MODES).optional(),
    backorder_limit: unitsField.nullish().openapi({ example: null }),
    reorder_point: unitsField.nullish().openapi({ example: 5 }),
    reason: textField.openapi({ example: 'Counted in the yearly stock take' }),
  })
  .openapi('StockRevision');

export const postMovementBody = z
  .strictObject({
    type: z.enum(POSTED_TYPES),
    quantity: z.number().openapi({
      type: 'integer',
      minimum: -LARGEST_STOCK,
      maximum: LARGEST_STOCK,
      description: 'Units; damage takes them away, and so does an adjustment with a minus',
      example: 3,
    }),
    reason: textField.openapi({ example: 'Delivered by the supplier' }),
    reference: textField.optional().openapi({ example: 'delivery note 4711' }),
  })
  .openapi('NewStockMovement');

export const movementAnswer = z
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

export const movementsQuery = z.object({
  ...pageOrFeedQuery({ latest: z.tuple([cursorKey.wholeNumber]) }),
  location: locationField.optional(),
  type: z.enum(MOVEMENT_TYPES).optional(),
});

export const lowStockQuery = z.object({
  ...pageQuery,
  location: locationField.optional(),
  threshold: wholeNumberQuery(0, 999_999_999)
    .default(DEFAULT_THRESHOLD)
    .openapi({ description: 'For variants without a reorder point of their own' }),
});

export const lowStockAnswer = z
  .object({
    variant_id: z.uuid(),
    product_id: z.uuid(),
    sku: z.string(),
    product_name: z.string(),
    on_hand: z.int(),
    reserved: z.int(),
    available: z.int(),
    threshold: z.int(),
  })
  .openapi('LowStock');

export const createLocationBody = z
  .strictObject({
    code: textField.openapi({ example: 'WEST-2' }),
    name: textField.openapi({ example: 'Warehouse by the river' }),
  })
  .openapi('NewStockLocation');

export const locationAnswer = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    is_default: z.boolean(),
    created_at: timeAnswer,
  })
  .openapi('StockLocation');
