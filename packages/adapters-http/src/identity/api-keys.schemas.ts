import { z } from '@hono/zod-openapi';

import { parseId, type ApiKeyId } from '@kastoma/domain/core';
import { ALL_SCOPES } from '@kastoma/domain/identity';

import { orNull, readBy, textField, timeAnswer, timeField } from '../core/core.schemas.ts';
import { codeBesidePasswordField, passwordField } from './second-factor.schemas.ts';

const scopesField = z.array(z.enum(ALL_SCOPES)).max(100).openapi({
  description: 'The rights that it is for: what a route asks for, and at least one.',
});

export const apiKeyParams = z.object({ id: z.string().transform(readBy(parseId<ApiKeyId>)) });

export const createApiKeyBody = z.strictObject({
  name: textField.openapi({ example: 'Warehouse', description: 'What it is for, in a few words.' }),
  scopes: scopesField,
  expires_at: timeField
    .optional()
    .openapi({ description: 'From then on it is refused; left out, it is good until revoked.' }),
  password: passwordField.openapi({ description: 'Of the administrator who makes it.' }),
  code: codeBesidePasswordField,
});

export const changeApiKeyBody = z.strictObject({
  name: textField.optional(),
  scopes: scopesField
    .optional()
    .openapi({ description: 'Some of those that it has: a key never gets more.' }),
});

const apiKeyShape = {
  id: z.uuid(),
  prefix: z.string().openapi({
    example: 'h7Qw2ZkP0s4D',
    description:
      'What stands in the key after `kas_`: it tells which one it is, and opens nothing.',
  }),
  name: z.string(),
  scopes: z.array(z.string().openapi({ example: 'inventory.read' })),
  created_by: z.uuid().openapi({ description: 'The account of who made it.' }),
  created_at: timeAnswer,
  expires_at: orNull(timeAnswer),
  last_used_at: orNull(timeAnswer).openapi({
    description: 'To the minute; null for one that was never used.',
  }),
  revoked_at: orNull(timeAnswer),
  version: z.int(),
};

export const apiKeyAnswer = z.object(apiKeyShape).openapi('ApiKey');

export const createdApiKeyAnswer = z
  .object({
    ...apiKeyShape,
    key: z.string().openapi({
      example: 'kas_h7Qw2ZkP0s4D_…',
      description: 'The key itself: shown this once, and kept by nobody but its owner.',
    }),
  })
  .openapi('CreatedApiKey');
