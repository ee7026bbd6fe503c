import { z } from '@hono/zod-openapi';

import { REFUND_STATUSES } from '@kastoma/application/ordering';
import { parseId, type OrderItemId } from '@kastoma/domain/core';

import {
  moneyAnswer,
  moneyField,
  orNull,
  readBy,
  textField,
  timeAnswer,
} from '../core/core.schemas.ts';

/** More lines than any order has items. */
const MOST_LINES = 1_000;

export const unitsShape = {
  item_id: z
    .string()
    .transform(readBy(parseId<OrderItemId>))
    .openapi({ format: 'uuid', description: 'One line an item of the order.' }),
  quantity: z.int().min(1).max(9_999),
};

export const unitsField = z.array(z.strictObject(unitsShape)).max(MOST_LINES);

/** What is paid back, besides why. */
export const refundShape = {
  lines: unitsField.nullish().openapi({ description: 'Whole units, the next ones of each item.' }),
  amount: moneyField
    .nullish()
    .openapi({ description: 'For goods, tax included; spread over what the units leave.' }),
  shipping: z
    .union([z.boolean(), moneyField])
    .nullish()
    .openapi({ description: 'An amount, or true for all that is left of it.' }),
};

export const refundOrderBody = z.strictObject({
  ...refundShape,
  reason: textField.openapi({ example: 'Arrived broken', description: 'At most 500 characters.' }),
});

const refundedPart = { amount: moneyAnswer, tax: moneyAnswer };

const refundedShape = {
  id: z.uuid(),
  ...refundedPart,
  lines: z.array(z.object({ item_id: z.uuid(), quantity: z.int(), ...refundedPart })),
  shipping: orNull(z.object(refundedPart)),
  created_at: timeAnswer,
};

/** A refund within its order. */
export const orderRefundAnswer = z.object(refundedShape).openapi('OrderRefund');

export const refundAnswer = z
  .object({
    ...refundedShape,
    status: z.enum(REFUND_STATUSES).openapi({
      description: '`failed`: a provider has said no, and the money is still owed.',
    }),
    paid_out: moneyAnswer,
    reason: z.string().nullable().openapi({ description: 'For staff.' }),
    payouts: z
      .array(
        z.object({
          operation_id: z.uuid(),
          payment_id: z.uuid(),
          amount: moneyAnswer,
          outcome: z.enum(['open', 'succeeded', 'declined']),
          decline_reason: z.string().nullable(),
        }),
      )
      .nullable()
      .openapi({ description: 'Which payment pays out how much; for staff.' }),
  })
  .openapi('Refund');
