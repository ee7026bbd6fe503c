import { z } from '@hono/zod-openapi';

import { FULFILMENT_STATUSES } from '@kastoma/domain/ordering';

import { textField, timeAnswer } from '../core/core.schemas.ts';

/** More lines than any order has items. */
const MOST_LINES = 1_000;

const trackingField = textField
  .nullish()
  .openapi({ description: 'At most 200 characters.', example: '1Z999AA10123456784' });

export const fulfilOrderBody = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        item_id: z.uuid().openapi({ description: 'One line an item of the order.' }),
        quantity: z.int().openapi({ description: 'At least one.', example: 2 }),
      }),
    )
    .max(MOST_LINES)
    .openapi({ description: 'At least one.' }),
  carrier: trackingField.openapi({ example: 'UPS' }),
  tracking_number: trackingField,
});

const fulfilment = {
  id: z.uuid(),
  lines: z.array(z.object({ item_id: z.uuid(), quantity: z.int() })),
  carrier: z.string().nullable(),
  tracking_number: z.string().nullable(),
  shipped_at: timeAnswer,
};

export const fulfilmentAnswer = z.object(fulfilment).openapi('Fulfilment');

export const fulfilledOrderAnswer = z
  .object({
    ...fulfilment,
    order: z.object({
      id: z.uuid(),
      number: z.string(),
      status: z.string(),
      fulfilment_status: z.enum(FULFILMENT_STATUSES),
      version: z.int(),
    }),
  })
  .openapi('FulfilledOrder');
