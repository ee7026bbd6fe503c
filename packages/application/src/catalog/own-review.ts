import { err, ok, type Result, type ResultAsync } from 'neverthrow';

import type { Review, ReviewNotFound } from '@kastoma/domain/catalog';
import type { ReviewId, UserId } from '@kastoma/domain/core';

import type { ReviewRepository } from './review-repository.port.ts';

/** To everybody but its author a review that they want to change is not there. */
export function findOwnReview(
  reviews: ReviewRepository,
  id: ReviewId,
  authorId: UserId,
): ResultAsync<Review, ReviewNotFound> {
  return reviews
    .find(id)
    .andThen((review): Result<Review, ReviewNotFound> =>
      review.state.authorId === authorId ? ok(review) : err({ code: 'catalog.review_not_found' }),
    );
}
