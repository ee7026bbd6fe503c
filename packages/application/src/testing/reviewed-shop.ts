import type { ProductId, ReviewId, UserId } from '@kastoma/domain/core';

import { ModerateReview } from '../catalog/moderate-review.use-case.ts';
import type { ReviewFilter, ReviewView } from '../catalog/review-queries.port.ts';
import { ReviseReview } from '../catalog/revise-review.use-case.ts';
import { SubmitReview } from '../catalog/submit-review.use-case.ts';
import { VoteForReview } from '../catalog/vote-for-review.use-case.ts';
import { WithdrawReview } from '../catalog/withdraw-review.use-case.ts';
import { asCustomer, SHOP } from './contexts.ts';
import type { ShopPorts } from './shop-ports.ts';
import { givenCustomer } from './stocked-shop.ts';

export const ALL_REVIEWS: ReviewFilter = {
  status: null,
  rating: null,
  isVerifiedPurchase: null,
  ordering: '-created_at',
};

/** What people do with reviews, in a shop of tests. */
export function reviewing({ catalog: unitOfWork, ids, clock }: ShopPorts) {
  const edits = { unitOfWork, clock };
  const [submit, revise, withdraw, moderate, vote] = [
    new SubmitReview({ ...edits, ids }),
    new ReviseReview(edits),
    new WithdrawReview(edits),
    new ModerateReview(edits),
    new VoteForReview(edits),
  ];
  return {
    submit: (authorId: UserId, idOrSlug: string, rating: number, comment = 'Fine.') =>
      submit.execute({ idOrSlug, authorId, rating, title: null, comment }, asCustomer(authorId)),
    revise: (
      authorId: UserId,
      id: ReviewId,
      changes: Parameters<ReviseReview['execute']>[0]['changes'],
      expectedVersion: number | null = null,
    ) => revise.execute({ id, authorId, changes, expectedVersion }, asCustomer(authorId)),
    withdraw: (authorId: UserId, id: ReviewId, expectedVersion: number | null = null) =>
      withdraw.execute({ id, authorId, expectedVersion }, asCustomer(authorId)),
    moderate: (
      id: ReviewId,
      verdict: 'approved' | 'rejected',
      expectedVersion: number | null = null,
    ) => moderate.execute({ id, verdict, expectedVersion }, SHOP),
    vote: (customerId: UserId, id: ReviewId, isHelpful = true) =>
      vote.execute({ id, customerId, isHelpful }, asCustomer(customerId)),
  };
}

/** A review of somebody new, waiting or decided on, written a minute after the one before. */
export async function givenReview(
  shop: ShopPorts,
  productId: ProductId,
  { rating = 5, status = 'approved', authorId }: ReviewWishes = {},
): Promise<ReviewView & { readonly id: ReviewId; readonly authorId: UserId }> {
  const author = authorId ?? (await givenCustomer(shop));
  const { submit, moderate } = reviewing(shop);
  shop.clock.advance(60);
  const written = (await submit(author, productId, rating))._unsafeUnwrap();
  const id = written.id as ReviewId;
  const review = status === 'pending' ? written : (await moderate(id, status))._unsafeUnwrap();
  return { ...review, id, authorId: author };
}

type ReviewWishes = {
  readonly rating?: number;
  readonly status?: 'pending' | 'approved' | 'rejected';
  readonly authorId?: UserId;
};
