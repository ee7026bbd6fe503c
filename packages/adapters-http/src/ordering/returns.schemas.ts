import { z } from '@hono/zod-openapi';

import { parseId, type OrderId, type ReturnId, type VariantId } from '@kastoma/domain/core';
import { RETURN_STATUSES } from '@kastoma/domain/ordering';

import { quantityField, readBy, textField, timeAnswer } from '../core/core.schemas.ts';
import { tokenField } from '../payments/payments.schemas.ts';
import { refundShape, unitsField, unitsShape } from './refunds.schemas.ts';

const MOST_LINES = 1_000;

export const returnParams = z.object({
  id: z
    .string()
    .transform(readBy(parseId<OrderId>))
    .openapi({ format: 'uuid' }),
  return_id: z
    .string()
    .transform(readBy(parseId<ReturnId>))
    .openapi({ format: 'uuid' }),
});

export const requestReturnBody = z.strictObject({
  lines: unitsField.min(1),
  reason: textField
    .nullish()
    .openapi({ example: 'Too small', description: 'At most 500 characters.' }),
});

export const receiveReturnBody = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        ...unitsShape,
        restock: z.boolean().openapi({ description: 'Whether the units are sold again.' }),
      }),
    )
    .min(1)
    .max(MOST_LINES)
    .openapi({ description: 'What came; what was announced and is left out did not come.' }),
  refund: z.strictObject(refundShape).nullish().openapi({
    description: 'What is paid back along with it; empty, what was paid for the units that came.',
  }),
});

export const exchangeReturnBody = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        variant_id: z
          .string()
          .transform(readBy(parseId<VariantId>))
          .openapi({ format: 'uuid' }),
        quantity: quantityField,
      }),
    )
    .min(1)
    .max(MOST_LINES)
    .openapi({ description: "What goes out instead, at today's prices." }),
  shipping_method: textField
    .nullish()
    .openapi({ description: 'Left out, as the first order was shipped.' }),
  payment_method: textField.openapi({ example: 'manual' }),
  payment_token: tokenField.nullish(),
});

export const returnAnswer = z
  .object({
    id: z.uuid(),
    order_id: z.uuid(),
    status: z.enum(RETURN_STATUSES),
    lines: z.array(
      z.object({
        item_id: z.uuid(),
        quantity: z.int(),
        received: z.int(),
        restock: z.boolean(),
      }),
    ),
    reason: z.string(),
    refund_id: z.uuid().nullable(),
    exchange_order_id: z.uuid().nullable(),
    requested_at: timeAnswer,
    ended_at: timeAnswer.nullable(),
    version: z.int(),
  })
  .openapi('Return');
