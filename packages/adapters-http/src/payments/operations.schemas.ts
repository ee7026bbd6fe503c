import { z } from '@hono/zod-openapi';

import { parseId, type PaymentOperationId } from '@kastoma/domain/core';
import { OPERATION_KINDS } from '@kastoma/domain/payments';

import { moneyAnswer, readBy, timeAnswer } from '../core/core.schemas.ts';
import { paymentAnswer } from './payments.schemas.ts';

export const operationParams = z.object({
  operation_id: z
    .string()
    .transform(readBy(parseId<PaymentOperationId>))
    .openapi({ format: 'uuid' }),
});

export const settleOperationBody = z.strictObject({
  outcome: z.enum(['succeeded', 'declined']).openapi({
    description: 'What has become of it, or that a refused refund was paid out in another way.',
  }),
});

export const stuckOperationAnswer = z
  .object({
    id: z.uuid(),
    order_id: z.uuid(),
    payment_id: z.uuid(),
    method: z.string(),
    kind: z.enum(OPERATION_KINDS),
    amount: moneyAnswer,
    outcome: z.enum(['open', 'declined']),
    reason: z.string().nullable(),
    refund_id: z.uuid().nullable(),
    requested_at: timeAnswer,
  })
  .openapi('StuckOperation');

export const carriedOutAnswer = z
  .object({
    outcome: z.enum(['succeeded', 'declined', 'under_way', 'unknown']),
    payment: paymentAnswer,
  })
  .openapi('CarriedOutOperation');
