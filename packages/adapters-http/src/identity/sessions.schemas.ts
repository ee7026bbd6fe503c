import { z } from '@hono/zod-openapi';

import { parseId, type SessionId } from '@kastoma/domain/core';

import { readBy, timeAnswer } from '../core/core.schemas.ts';

export const sessionAnswer = z
  .object({
    id: z.uuid(),
    device: z.string().openapi({
      example: 'Firefox on Windows',
      description: 'As the device told; empty where it did not.',
    }),
    address: z.string().openapi({ description: 'Where it signed in from.' }),
    created_at: timeAnswer,
    last_used_at: timeAnswer.openapi({ description: 'When it last got new tokens.' }),
    expires_at: timeAnswer,
    current: z.boolean().openapi({ description: 'Whether it is the one that asks.' }),
  })
  .openapi('Session');

export const sessionParams = z.object({ id: z.string().transform(readBy(parseId<SessionId>)) });
