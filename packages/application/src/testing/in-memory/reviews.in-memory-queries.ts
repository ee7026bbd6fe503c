import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { ProductNotFound, Review, ReviewNotFound } from '@kastoma/domain/catalog';
import type { ReviewId, UserId } from '@kastoma/domain/core';

import type { Audience } from '../../catalog/product-listing.ts';
import { authorName } from '../../catalog/review-author.ts';
import type {
  ReviewFilter,
  ReviewOrdering,
  ReviewQueries,
  ReviewView,
} from '../../catalog/review-queries.port.ts';
import type { Page, PageRequest } from '../../core/page.ts';
import { byKeys, descending, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryReviewQueries implements ReviewQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  listOfProduct(
    idOrSlug: string,
    audience: Audience,
    filter: ReviewFilter,
    page: PageRequest,
  ): ResultAsync<Page<ReviewView>, ProductNotFound> {
    const product = [...this.#memory.tables.products.values()].find(
      ({ state: { id, slug, status, deletedAt } }) =>
        (id === idOrSlug.toLowerCase() || slug === idOrSlug) &&
        deletedAt === null &&
        (audience === 'staff' || status === 'published'),
    );
    if (product === undefined) return errAsync({ code: 'catalog.product_not_found' });
    return okAsync(
      this.#page(
        ({ state }) =>
          state.productId === product.state.id &&
          (audience === 'staff' || state.status === 'approved'),
        filter,
        page,
      ),
    );
  }

  async list(filter: ReviewFilter, page: PageRequest): Promise<Page<ReviewView>> {
    return this.#page(() => true, filter, page);
  }

  async listOfAuthor(authorId: UserId, page: PageRequest): Promise<Page<ReviewView>> {
    const all = { status: null, rating: null, isVerifiedPurchase: null };
    return this.#page(
      ({ state }) => state.authorId === authorId,
      { ...all, ordering: '-created_at' },
      page,
    );
  }

  find(
    id: ReviewId,
    audience: Audience,
    readerId: UserId | null,
  ): ResultAsync<ReviewView, ReviewNotFound> {
    const review = this.#memory.tables.reviews.get(id);
    const isSeen =
      review !== undefined &&
      (audience === 'staff' ||
        (review.state.status === 'approved' && this.#isPublished(review)) ||
        (readerId !== null && review.state.authorId === readerId));
    return isSeen ? okAsync(this.#toView(review)) : errAsync({ code: 'catalog.review_not_found' });
  }

  #isPublished({ state }: Review): boolean {
    const product = this.#memory.tables.products.get(state.productId)?.state;
    return product?.status === 'published' && product.deletedAt === null;
  }

  #page(
    isMeant: (review: Review) => boolean,
    { status, rating, isVerifiedPurchase, ordering }: ReviewFilter,
    page: PageRequest,
  ): Page<ReviewView> {
    const found = [...this.#memory.tables.reviews.values()]
      .filter(isMeant)
      .map((review) => this.#toView(review))
      .filter(
        (view) =>
          (status === null || view.status === status) &&
          (rating === null || view.rating === rating) &&
          (isVerifiedPurchase === null || view.isVerifiedPurchase === isVerifiedPurchase),
      );
    return pageOf(found.toSorted(orderBy(ordering)), page);
  }

  #toView({ state, version }: Review): ReviewView {
    const { tables } = this.#memory;
    const { authorId, ...said } = state;
    const product = tables.products.get(state.productId)?.state;
    const votes = [...tables.reviewVotes.values()];
    const account = tables.users.get(authorId ?? '')?.state ?? null;
    return {
      id: said.id,
      product: {
        id: state.productId,
        slug: product?.slug ?? '',
        name: product?.name ?? '',
      },
      author: authorName(account?.erasedAt === null ? account : null),
      rating: said.rating,
      title: said.title,
      comment: said.comment,
      isVerifiedPurchase: said.isVerifiedPurchase,
      status: said.status,
      helpfulCount: votes.filter(({ reviewId }) => reviewId === state.id).length,
      createdAt: said.createdAt,
      updatedAt: said.updatedAt,
      version,
    };
  }
}

function orderBy(ordering: ReviewOrdering): (a: ReviewView, b: ReviewView) => number {
  const newest = descending(
    byKeys<ReviewView>(
      ({ createdAt }) => createdAt,
      ({ id }) => id,
    ),
  );
  const first = (key: (view: ReviewView) => number) => (a: ReviewView, b: ReviewView) =>
    key(a) - key(b) || newest(a, b);
  switch (ordering) {
    case '-created_at':
      return newest;
    case 'created_at':
      return descending(newest);
    case '-helpful':
      return first(({ helpfulCount }) => -helpfulCount);
    case '-rating':
      return first(({ rating }) => -rating);
    case 'rating':
      return first(({ rating }) => rating);
  }
}
