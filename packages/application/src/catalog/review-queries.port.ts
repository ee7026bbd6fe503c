import type { ResultAsync } from 'neverthrow';

import type { ProductNotFound, ReviewNotFound, ReviewStatus } from '@kastoma/domain/catalog';
import type { Instant, ReviewId, UserId } from '@kastoma/domain/core';

import type { Page, PageRequest } from '../core/page.ts';
import type { Audience } from './product-listing.ts';

export type ReviewView = {
  readonly id: string;
  readonly product: { readonly id: string; readonly slug: string; readonly name: string };
  /** What others may know of who wrote it. */
  readonly author: string;
  readonly rating: number;
  readonly title: string | null;
  readonly comment: string | null;
  readonly isVerifiedPurchase: boolean;
  readonly status: ReviewStatus;
  readonly helpfulCount: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly version: number;
};

export const REVIEW_ORDERINGS = [
  '-created_at',
  'created_at',
  '-helpful',
  '-rating',
  'rating',
] as const;
export type ReviewOrdering = (typeof REVIEW_ORDERINGS)[number];

export type ReviewFilter = {
  readonly status: ReviewStatus | null;
  /** Exactly so many stars. */
  readonly rating: number | null;
  readonly isVerifiedPurchase: boolean | null;
  readonly ordering: ReviewOrdering;
};

export interface ReviewQueries {
  /** Of a product that this audience can see; shoppers find what was approved. */
  listOfProduct(
    idOrSlug: string,
    audience: Audience,
    filter: ReviewFilter,
    page: PageRequest,
  ): ResultAsync<Page<ReviewView>, ProductNotFound>;
  /** Of all products, for those who moderate. */
  list(filter: ReviewFilter, page: PageRequest): Promise<Page<ReviewView>>;
  /** Somebody's own, whatever became of them, the newest first. */
  listOfAuthor(authorId: UserId, page: PageRequest): Promise<Page<ReviewView>>;
  /** Shoppers find what was approved of products that they can see, and their own. */
  find(
    id: ReviewId,
    audience: Audience,
    readerId: UserId | null,
  ): ResultAsync<ReviewView, ReviewNotFound>;
}
