import { z } from '@hono/zod-openapi';

import { timeAnswer } from '../core/core.schemas.ts';

export const passwordField = z.string().max(1_000).openapi({ example: 'a long walk by the sea' });

/** Read when it is checked: what is no code is a wrong one. */
export const secondFactorCodeField = z.string().max(1_000).openapi({
  example: '492039',
  description: 'Six digits of the authenticator app, or a recovery code.',
});

/** Beside a password: left out where the account has no second factor. */
export const codeBesidePasswordField = secondFactorCodeField.optional().openapi({
  description:
    'Wanted where the account has a second factor: six digits of the authenticator app, or a recovery code.',
});

export const enrolSecondFactorBody = z.strictObject({ password: passwordField });
export const confirmSecondFactorBody = z.strictObject({ code: secondFactorCodeField });
export const secondFactorProofBody = z.strictObject({
  password: passwordField,
  code: secondFactorCodeField,
});

export const secondFactorAnswer = z
  .object({
    enabled: z.boolean(),
    enabled_since: timeAnswer.nullable(),
    recovery_codes_left: z.int(),
    required: z
      .boolean()
      .openapi({ description: 'Whether the role may do nothing else without one.' }),
  })
  .openapi('SecondFactor');

export const enrolmentAnswer = z
  .object({
    secret: z.string().openapi({
      example: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
      description: 'In base32, to be typed into an authenticator app.',
    }),
    otpauth_uri: z
      .string()
      .openapi({ description: 'The same as an address, to be shown as a QR code.' }),
  })
  .openapi('SecondFactorEnrolment');

export const recoveryCodesAnswer = z
  .object({
    recovery_codes: z.array(z.string().openapi({ example: '7K3M-Q9TX-2VBN-0HRD' })),
  })
  .openapi('RecoveryCodes');
