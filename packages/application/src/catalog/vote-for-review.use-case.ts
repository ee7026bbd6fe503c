import { err, ok, safeTry, type Result } from 'neverthrow';

import type { OwnReview, Review, ReviewNotFound } from '@kastoma/domain/catalog';
import type { ReviewId, UserId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { CatalogUnitOfWork } from './catalog.unit-of-work.ts';

export type VoteForReviewCommand = {
  readonly id: ReviewId;
  readonly customerId: UserId;
  /** Whether it was helpful; false takes back what was said. */
  readonly isHelpful: boolean;
};

type Dependencies = { readonly unitOfWork: CatalogUnitOfWork; readonly clock: Clock };

/** Says that another customer's review was helpful, or takes that back. Said again it changes nothing. */
export class VoteForReview {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ id, customerId, isHelpful }: VoteForReviewCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ reviews, reviewQueries }) =>
      safeTry(async function* () {
        yield* mayVote(yield* reviews.find(id), customerId);
        yield* isHelpful
          ? reviews.addVote(id, customerId, clock.now())
          : reviews.removeVote(id, customerId);
        return reviewQueries.find(id, 'shoppers', customerId);
      }),
    );
  }
}

function mayVote(
  { state: { authorId, status } }: Review,
  customerId: UserId,
): Result<void, OwnReview | ReviewNotFound> {
  if (authorId === customerId) return err({ code: 'catalog.own_review' });
  return status === 'approved' ? ok() : err({ code: 'catalog.review_not_found' });
}
