import type { ModerateReview, VoteForReview } from '@kastoma/application/catalog';

import { endpoint, type Endpoint } from '../core/endpoint.ts';
import { presentReview } from './reviews.presenters.ts';
import { reviewAnswer, reviewParams } from './reviews.schemas.ts';

export type VerdictUseCases = {
  readonly moderateReview: ModerateReview;
  readonly voteForReview: VoteForReview;
};

const showsReview = {
  tag: 'Reviews',
  params: reviewParams,
  status: 200,
  answer: reviewAnswer,
  present: presentReview,
  versionOf: ({ version }: { readonly version: number }) => version,
} as const;

/** What moderators make of a review, and what other customers do. */
export function verdictRoutes(useCases: VerdictUseCases): readonly Endpoint[] {
  return [
    moderation(useCases, 'approve'),
    moderation(useCases, 'reject'),
    vote(useCases, 'post'),
    vote(useCases, 'delete'),
  ];
}

const MODERATION = {
  approve: {
    verdict: 'approved',
    summary: 'Let others read a review; it counts from then on',
    message: 'Review approved',
  },
  reject: {
    verdict: 'rejected',
    summary: 'Keep a review from others',
    message: 'Review rejected',
  },
} as const;

/** Whoever decides says which version was read: the author may have changed it since. */
function moderation(useCases: VerdictUseCases, action: keyof typeof MODERATION): Endpoint {
  const { verdict, summary, message } = MODERATION[action];
  return endpoint({
    ...showsReview,
    method: 'post',
    path: `/reviews/{id}/${action}`,
    summary,
    permission: 'reviews.moderate',
    idempotencyKey: 'accepted',
    ifMatch: 'required',
    message,
    handle: ({ params: { id }, expectedVersion, context }) =>
      useCases.moderateReview.execute({ id, verdict, expectedVersion }, context),
  });
}

const VOTES = {
  post: { summary: 'Say that a review was helpful', message: 'Thank you' },
  delete: { summary: 'Take that back', message: 'Taken back' },
} as const;

function vote(useCases: VerdictUseCases, method: keyof typeof VOTES): Endpoint {
  return endpoint({
    ...showsReview,
    ...VOTES[method],
    ...(method === 'post' ? { idempotencyKey: 'accepted' as const } : {}),
    method,
    path: '/reviews/{id}/helpful',
    permission: 'reviews.own',
    handle: ({ params: { id }, userId, context }) =>
      useCases.voteForReview.execute(
        { id, customerId: userId, isHelpful: method === 'post' },
        context,
      ),
  });
}
