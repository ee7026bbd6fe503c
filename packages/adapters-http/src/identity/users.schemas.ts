import { z } from '@hono/zod-openapi';

import { parseId, ROLES, type UserId } from '@kastoma/domain/core';
import { parseCustomerGroups } from '@kastoma/domain/identity';

import { pageQuery, readBy, searchQuery, textField, timeAnswer } from '../core/core.schemas.ts';

export const userParams = z.object({ id: textField.transform(readBy(parseId<UserId>)) });

export const usersQuery = z.object({
  ...pageQuery,
  search: searchQuery
    .optional()
    .openapi({ description: 'A part of the e-mail address or of the name.' }),
  role: z.enum(ROLES).optional(),
  active: z.enum(['true', 'false']).optional(),
});

export const administerUserBody = z.strictObject({
  role: z.enum(ROLES).optional(),
  active: z.boolean().optional().openapi({ description: 'Whether somebody may sign in to it.' }),
  groups: z
    .array(textField.openapi({ example: 'wholesale' }))
    .max(1_000)
    .transform(readBy(parseCustomerGroups))
    .optional()
    .openapi({ description: 'What promotions know the customer by; they replace what was there.' }),
});

/** An account as those who work here see it: without what is nobody's business but its owner's. */
export const accountAnswer = z
  .object({
    id: z.uuid(),
    email: z.string(),
    first_name: z.string(),
    last_name: z.string(),
    phone: z.string().nullable(),
    locale: z.string().nullable(),
    role: z.enum(ROLES),
    active: z.boolean(),
    groups: z.array(z.string()),
    email_verified: z.boolean(),
    version: z.int(),
    created_at: timeAnswer,
  })
  .openapi('Account');
