import { z } from '@hono/zod-openapi';

import { parseId, type OrderId, type PaymentId } from '@kastoma/domain/core';
import { PAYMENT_STATUSES } from '@kastoma/domain/ordering';

import { moneyAnswer, moneyField, readBy, timeAnswer } from '../core/core.schemas.ts';

/** What a provider calls what is paid with: no card number is as long, and none is taken. */
export const tokenField = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\x21-\x7e]+$/)
  .openapi({ example: 'tok_success' });

export const payOrderBody = z.strictObject({
  method: z.string().max(100).openapi({ example: 'test' }),
  token: tokenField.nullish().openapi({
    description: "What is paid with, by the provider's own name for it; never a card number.",
  }),
});

export const capturePaymentBody = z.strictObject({
  amount: moneyField
    .nullish()
    .openapi({ description: 'Left out, all that is left of what was promised.' }),
});

export const orderPaymentParams = z.object({
  id: z
    .string()
    .transform(readBy(parseId<OrderId>))
    .openapi({ format: 'uuid' }),
  payment_id: z
    .string()
    .transform(readBy(parseId<PaymentId>))
    .openapi({ format: 'uuid' }),
});

export const providerParams = z.object({
  provider: z.string().max(100).openapi({ example: 'stripe' }),
});

export const paymentAnswer = z
  .object({
    id: z.uuid(),
    method: z.string(),
    status: z.enum(PAYMENT_STATUSES),
    amount: moneyAnswer,
    captured: moneyAnswer,
    refunded: moneyAnswer,
    reference: z
      .string()
      .nullable()
      .openapi({ description: "The provider's name for it; for staff." }),
    decline_reason: z
      .string()
      .nullable()
      .openapi({ description: 'Why the provider has last said no.' }),
    client_secret: z.string().nullable().openapi({
      description: 'What the browser of the customer needs to go on with the provider; shown once.',
    }),
    created_at: timeAnswer,
  })
  .openapi('Payment');

export const receptionAnswer = z
  .object({ reception: z.enum(['taken', 'known', 'of_no_interest']) })
  .openapi('EventReception');
