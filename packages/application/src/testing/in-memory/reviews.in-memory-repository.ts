import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import {
  Review,
  type ProductNotFound,
  type Rating,
  type ReviewExists,
  type ReviewNotFound,
} from '@kastoma/domain/catalog';
import type { Instant, ProductId, ReviewId, UserId } from '@kastoma/domain/core';

import type { ReviewRepository } from '../../catalog/review-repository.port.ts';
import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryReviewRepository implements ReviewRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    this.#memory = memory;
    this.#outbox = outbox;
  }

  reviewable(idOrSlug: string): ResultAsync<ProductId, ProductNotFound> {
    const found = [...this.#memory.tables.products.values()].find(
      ({ state: { id, slug, status, deletedAt } }) =>
        (id === idOrSlug.toLowerCase() || slug === idOrSlug) &&
        status === 'published' &&
        deletedAt === null,
    );
    return found === undefined
      ? errAsync({ code: 'catalog.product_not_found' })
      : okAsync(found.state.id);
  }

  add(review: Review): ResultAsync<void, ReviewExists> {
    const { productId, authorId } = review.state;
    const isThere = [...this.#memory.tables.reviews.values()].some(
      ({ state }) => state.productId === productId && state.authorId === authorId,
    );
    if (isThere) return errAsync({ code: 'catalog.review_exists' });
    this.#write(review);
    return okAsync();
  }

  find(id: ReviewId): ResultAsync<Review, ReviewNotFound> {
    const review = this.#memory.tables.reviews.get(id);
    return review === undefined
      ? errAsync({ code: 'catalog.review_not_found' })
      : okAsync(Review.restore(review.state, review.version));
  }

  save(review: Review): ResultAsync<void, ConcurrentUpdate> {
    if (!this.#isCurrent(review)) return errAsync({ code: 'core.concurrent_update' });
    this.#write(review);
    return okAsync();
  }

  remove(review: Review): ResultAsync<void, ConcurrentUpdate> {
    if (!this.#isCurrent(review)) return errAsync({ code: 'core.concurrent_update' });
    forgetReview(this.#memory, review.state.id);
    this.#outbox.record(review.pending);
    return okAsync();
  }

  addVote(reviewId: ReviewId, customerId: UserId, _at: Instant): ResultAsync<void, never> {
    this.#memory.tables.reviewVotes.set(voteKey(reviewId, customerId), { reviewId, customerId });
    return okAsync();
  }

  removeVote(reviewId: ReviewId, customerId: UserId): ResultAsync<void, never> {
    this.#memory.tables.reviewVotes.delete(voteKey(reviewId, customerId));
    return okAsync();
  }

  #isCurrent({ state, version, pending }: Review): boolean {
    return this.#memory.tables.reviews.get(state.id)?.version === version - pending.length;
  }

  #write(review: Review): void {
    this.#memory.tables.reviews.set(review.state.id, review);
    this.#outbox.record(review.pending);
  }
}

/** What the approved reviews of a product say together. */
export function ratingOf({ tables }: Memory, productId: string): Rating {
  const stars = [...tables.reviews.values()]
    .filter(({ state }) => state.productId === productId && state.status === 'approved')
    .map(({ state }) => state.rating);
  return { sum: stars.reduce((sum, each) => sum + each, 0), count: stars.length };
}

export function forgetReview({ tables }: Memory, id: string): void {
  for (const [key, { reviewId }] of tables.reviewVotes)
    if (reviewId === id) tables.reviewVotes.delete(key);
  tables.reviews.delete(id);
}

function voteKey(reviewId: string, customerId: string): string {
  return `${reviewId} ${customerId}`;
}
