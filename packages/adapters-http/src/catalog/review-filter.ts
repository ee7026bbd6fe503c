import type { z } from '@hono/zod-openapi';

import type { Audience, ReviewFilter } from '@kastoma/application/catalog';
import type { Actor } from '@kastoma/domain/core';
import { isAllowed } from '@kastoma/domain/identity';

import type { reviewsQuery } from './reviews.schemas.ts';

/** Those who moderate read everything. */
export function audienceOfReviews(actor: Actor): Audience {
  return isAllowed(actor, 'reviews.moderate') ? 'staff' : 'shoppers';
}

/** What the query of a list of reviews asks for. */
export function toReviewFilter(query: z.output<typeof reviewsQuery>): ReviewFilter {
  const { status, rating, verified_purchase: isVerified, ordering } = query;
  return {
    status: status ?? null,
    rating: rating ?? null,
    isVerifiedPurchase: isVerified === undefined ? null : isVerified === 'true',
    ordering,
  };
}
