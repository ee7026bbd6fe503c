import { z } from '@hono/zod-openapi';

import { parseEmailAddress } from '@kastoma/domain/identity';

import { readBy, textField } from '../core/core.schemas.ts';

/** The token of a mail, as it stands in its link. */
export const oneTimeTokenField = z.string().min(1).max(200);

/** Where a mail is to go: known or not, it is answered alike. */
export const mailRequestBody = z.strictObject({
  email: textField.openapi({ example: 'ada@example.com' }).transform(readBy(parseEmailAddress)),
});

export const verifyEmailBody = z.strictObject({ token: oneTimeTokenField });

export const verifiedAnswer = z
  .object({ email: z.string(), email_verified: z.boolean() })
  .openapi('VerifiedEmail');
