import { err, ResultAsync } from 'neverthrow';

import type {
  ProductQueries,
  ReviewQueries,
  ReviseReview,
  SubmitReview,
  WithdrawReview,
} from '@kastoma/application/catalog';

import { nothingAnswer, pageOnlyQuery } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import { idOrSlugParams } from './catalog.schemas.ts';
import { audienceOfReviews, toReviewFilter } from './review-filter.ts';
import { verdictRoutes, type VerdictUseCases } from './review-verdicts.routes.ts';
import { presentReview } from './reviews.presenters.ts';
import {
  reviewAnswer,
  reviewParams,
  reviewsQuery,
  reviseReviewBody,
  submitReviewBody,
} from './reviews.schemas.ts';

export type ReviewUseCases = VerdictUseCases & {
  readonly submitReview: SubmitReview;
  readonly reviseReview: ReviseReview;
  readonly withdrawReview: WithdrawReview;
  readonly reviewQueries: ReviewQueries;
  readonly productQueries: ProductQueries;
};

const showsReview = { tag: 'Reviews', answer: reviewAnswer, present: presentReview } as const;
const versionOf = ({ version }: { readonly version: number }) => version;

export function reviewRoutes(useCases: ReviewUseCases): readonly Endpoint[] {
  return [...readingRoutes(useCases), ...writingRoutes(useCases), ...verdictRoutes(useCases)];
}

function readingRoutes({ reviewQueries, productQueries }: ReviewUseCases): readonly Endpoint[] {
  return [
    listEndpoint({
      ...showsReview,
      method: 'get',
      path: '/products/{idOrSlug}/reviews',
      summary: 'Read what others say of a product; a slug that it had before leads there (301)',
      permission: 'catalog.browse',
      params: idOrSlugParams,
      query: reviewsQuery,
      message: 'Reviews',
      handle: ({ params: { idOrSlug }, query, actor }) => {
        const audience = audienceOfReviews(actor);
        return reviewQueries
          .listOfProduct(idOrSlug, audience, toReviewFilter(query), toPageRequest(query))
          .orElse((missing) => productQueries.find(idOrSlug, audience).andThen(() => err(missing)));
      },
    }),
    listEndpoint({
      ...showsReview,
      method: 'get',
      path: '/reviews',
      summary: 'List the reviews of all products; those that wait with status=pending',
      permission: 'reviews.moderate',
      query: reviewsQuery,
      message: 'Reviews',
      handle: ({ query }) =>
        ResultAsync.fromSafePromise(
          reviewQueries.list(toReviewFilter(query), toPageRequest(query)),
        ),
    }),
    listEndpoint({
      ...showsReview,
      method: 'get',
      path: '/users/me/reviews',
      summary: 'List my reviews, whatever became of them',
      permission: 'reviews.own',
      query: pageOnlyQuery,
      message: 'Your reviews',
      handle: ({ userId, query }) =>
        ResultAsync.fromSafePromise(reviewQueries.listOfAuthor(userId, toPageRequest(query))),
    }),
    endpoint({
      ...showsReview,
      method: 'get',
      path: '/reviews/{id}',
      summary: 'Read a review that was approved, or one of my own',
      permission: 'catalog.browse',
      params: reviewParams,
      status: 200,
      message: 'Review',
      versionOf,
      handle: ({ params, actor, userId }) =>
        reviewQueries.find(params.id, audienceOfReviews(actor), userId),
    }),
  ];
}

function writingRoutes(useCases: ReviewUseCases): readonly Endpoint[] {
  const own = { ...showsReview, permission: 'reviews.own', versionOf } as const;
  return [
    endpoint({
      ...own,
      method: 'post',
      path: '/products/{idOrSlug}/reviews',
      summary: 'Say what I think of a product; others read it once it was approved',
      params: idOrSlugParams,
      body: submitReviewBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Review received; it will be read before it is published',
      handle: ({ params, body, userId, context }) =>
        useCases.submitReview.execute({ ...params, ...body, authorId: userId }, context),
    }),
    endpoint({
      ...own,
      method: 'patch',
      path: '/reviews/{id}',
      summary: 'Change my review, which then waits to be approved again',
      params: reviewParams,
      body: reviseReviewBody,
      ifMatch: 'accepted',
      status: 200,
      message: 'Review changed; it will be read before it is published',
      handle: ({ params: { id }, body: changes, userId, expectedVersion, context }) =>
        useCases.reviseReview.execute({ id, authorId: userId, changes, expectedVersion }, context),
    }),
    endpoint({
      tag: 'Reviews',
      permission: 'reviews.own',
      method: 'delete',
      path: '/reviews/{id}',
      summary: 'Take my review back',
      params: reviewParams,
      ifMatch: 'accepted',
      status: 200,
      message: 'Review taken back',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ params: { id }, userId, expectedVersion, context }) =>
        useCases.withdrawReview.execute({ id, authorId: userId, expectedVersion }, context),
    }),
  ];
}
