import { z } from '@hono/zod-openapi';

import { parseId, type CategoryId } from '@kastoma/domain/core';

import { readBy, textField } from '../core/core.schemas.ts';

export const categoryIdField = textField
  .openapi({ format: 'uuid' })
  .transform(readBy(parseId<CategoryId>));

export const idOrSlugParams = z.object({
  idOrSlug: z.string().min(1).openapi({ description: 'An id or a slug.' }),
});

export const categoryReference = z.object({ id: z.uuid(), slug: z.string(), name: z.string() });
