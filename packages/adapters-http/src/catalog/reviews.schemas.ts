import { z } from '@hono/zod-openapi';

import { REVIEW_ORDERINGS } from '@kastoma/application/catalog';
import { MOST_STARS, REVIEW_STATUSES } from '@kastoma/domain/catalog';
import { parseId, type ReviewId } from '@kastoma/domain/core';

import {
  pageQuery,
  readBy,
  textField,
  timeAnswer,
  wholeNumberQuery,
} from '../core/core.schemas.ts';

const ratingField = z
  .number()
  .openapi({ type: 'integer', minimum: 1, maximum: MOST_STARS, example: 5 });

export const submitReviewBody = z.strictObject({
  rating: ratingField,
  title: textField.nullish().openapi({ example: 'Does what it should' }),
  comment: textField.openapi({ example: 'Keeps my tea warm until I have forgotten it.' }),
});

export const reviseReviewBody = z.strictObject({
  rating: ratingField.optional(),
  title: textField.nullish(),
  comment: textField.optional(),
});

export const reviewParams = z.object({
  id: textField.openapi({ format: 'uuid' }).transform(readBy(parseId<ReviewId>)),
});

export const reviewsQuery = z.object({
  ...pageQuery,
  ordering: z.enum(REVIEW_ORDERINGS).default('-created_at'),
  rating: wholeNumberQuery(1, MOST_STARS).optional().openapi({ description: 'So many stars.' }),
  verified_purchase: z.enum(['true', 'false']).optional(),
  status: z.enum(REVIEW_STATUSES).optional().openapi({
    description: 'Those who do not moderate find what was approved, whatever they ask for.',
  }),
});

export const reviewAnswer = z
  .object({
    id: z.uuid(),
    product: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
    author: z.string().openapi({ example: 'Ada L.', description: 'What may be known of them.' }),
    rating: z.int(),
    title: z.string().nullable(),
    comment: z
      .string()
      .nullable()
      .openapi({ description: 'Plain text. Null once its author was erased: the stars stay.' }),
    verified_purchase: z.boolean(),
    status: z.enum(REVIEW_STATUSES),
    helpful_count: z.int(),
    version: z.int(),
    created_at: timeAnswer,
    updated_at: timeAnswer,
  })
  .openapi('Review');
