import type {
  AlreadyModerated,
  InvalidRating,
  OwnReview,
  ReviewExists,
  ReviewNotFound,
} from '@kastoma/domain/catalog';

import type { ProblemMap } from '../core/problem-map.ts';

export type ReviewError =
  | AlreadyModerated
  | InvalidRating
  | OwnReview
  | ReviewExists
  | ReviewNotFound;

export const REVIEW_PROBLEMS: ProblemMap<ReviewError> = {
  'catalog.invalid_rating': {
    status: 422,
    describe: ({ maximum }) => `A rating is a whole number of stars from 1 to ${maximum}.`,
  },
  'catalog.own_review': {
    status: 422,
    describe: () => 'Whether your own review is helpful is for others to say.',
  },
  'catalog.review_already_moderated': {
    status: 409,
    describe: ({ status }) => `The review was ${status} already.`,
    detail: ({ status }) => ({ status }),
  },
  'catalog.review_exists': {
    status: 409,
    describe: () => 'You have reviewed this product already. Change that review instead.',
  },
  'catalog.review_not_found': { status: 404, describe: () => 'There is no such review.' },
};
