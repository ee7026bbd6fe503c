import type { ResultAsync } from 'neverthrow';

import type {
  ProductNotFound,
  Review,
  ReviewExists,
  ReviewNotFound,
} from '@kastoma/domain/catalog';
import type { Instant, ProductId, ReviewId, UserId } from '@kastoma/domain/core';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

/** The rating of a product is always that of its approved reviews, whatever is stored here. */
export interface ReviewRepository {
  /** What shoppers can find, and therefore review, by its id or slug. */
  reviewable(idOrSlug: string): ResultAsync<ProductId, ProductNotFound>;
  /** Stores a new review with its events; its author has no other one of the product. */
  add(review: Review): ResultAsync<void, ReviewExists>;
  /** Holds it until the work is done. */
  find(id: ReviewId): ResultAsync<Review, ReviewNotFound>;
  /** Stores the changes with their events. */
  save(review: Review): ResultAsync<void, ConcurrentUpdate>;
  /** Forgets a review that was withdrawn, with who found it helpful, and tells its events. */
  remove(review: Review): ResultAsync<void, ConcurrentUpdate>;
  /** Once a customer; another time changes nothing. */
  addVote(id: ReviewId, customerId: UserId, at: Instant): ResultAsync<void, never>;
  removeVote(id: ReviewId, customerId: UserId): ResultAsync<void, never>;
}
