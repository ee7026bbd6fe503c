import { z } from '@hono/zod-openapi';

import { ROLES } from '@kastoma/domain/core';
import { parseEmailAddress, parsePassword } from '@kastoma/domain/identity';

import { orNull, readBy, textField, timeAnswer } from '../core/core.schemas.ts';
import { cartMergeAnswer } from '../ordering/cart.schemas.ts';
import { secondFactorCodeField } from './second-factor.schemas.ts';

const emailField = textField
  .openapi({ example: 'ada@example.com' })
  .transform(readBy(parseEmailAddress));

export const registerBody = z.strictObject({
  email: emailField,
  password: textField
    .openapi({ example: 'a long walk by the sea' })
    .transform(readBy(parsePassword)),
  first_name: textField.openapi({ example: 'Ada' }),
  last_name: textField.openapi({ example: 'Lovelace' }),
});

export const loginBody = z.strictObject({
  email: emailField,
  password: z.string().max(1_000).openapi({ example: 'a long walk by the sea' }),
  code: secondFactorCodeField.optional(),
});

export const refreshBody = z.strictObject({ refresh: z.string().max(200) });

const userAnswer = z
  .object({
    id: z.uuid(),
    email: z.string(),
    first_name: z.string(),
    last_name: z.string(),
    role: z.enum(ROLES),
    email_verified: z.boolean(),
    created_at: timeAnswer,
  })
  .openapi('User');

const tokens = {
  access: z.string(),
  refresh: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().openapi({ description: 'Seconds until the access token expires.' }),
};

export const tokensAnswer = z.object(tokens).openapi('Tokens');
export const signedInAnswer = z
  .object({
    user: userAnswer,
    ...tokens,
    cart_merge: orNull(cartMergeAnswer).openapi({
      description:
        "What came into the customer's cart of the guest's whose `X-Cart-Token` was sent along; null without one.",
    }),
  })
  .openapi('SignedIn');
