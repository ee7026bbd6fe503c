import { z } from '@hono/zod-openapi';

import { ORDER_STATUSES } from '@kastoma/domain/ordering';

import { textField } from '../core/core.schemas.ts';

export const cancelOrderBody = z.strictObject({
  reason: textField
    .nullish()
    .openapi({ example: 'Ordered twice', description: 'At most 500 characters.' }),
});

export const changeOrderBody = z.strictObject({
  status: z.enum(ORDER_STATUSES as readonly [string, ...string[]]).openapi({
    example: 'confirmed',
    description: '`shipped` makes a fulfilment of all that is left.',
  }),
});
