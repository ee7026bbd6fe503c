import { z } from '@hono/zod-openapi';

import { textField, timeAnswer } from '../core/core.schemas.ts';

const actorAnswer = z.string().openapi({
  example: 'system',
  description: 'Customers read `shop` for whoever works here.',
});

export const historyAnswer = z
  .object({
    version: z.int().openapi({ description: 'Of the order after this change.' }),
    change: z.string().openapi({ example: 'order_cancelled' }),
    actor: actorAnswer,
    at: timeAnswer,
    reason: z
      .string()
      .nullable()
      .openapi({ description: 'Why it was cancelled; null of other changes.' }),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .openapi('OrderChange');

export const orderNoteBody = z.strictObject({
  text: textField.openapi({ example: 'Rang: come after six.', description: 'At most 2000.' }),
  internal: z
    .boolean()
    .default(true)
    .openapi({ description: 'For those who work here alone; else the customer reads it, too.' }),
});

export const orderNoteAnswer = z
  .object({
    id: z.uuid(),
    order_id: z.uuid(),
    author: actorAnswer,
    text: z.string(),
    internal: z.boolean(),
    written_at: timeAnswer,
  })
  .openapi('OrderNote');
