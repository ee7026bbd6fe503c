import { ResultAsync, safeTry } from 'neverthrow';

import { Review } from '@kastoma/domain/catalog';
import type { ReviewId, UserId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { CatalogUnitOfWork } from './catalog.unit-of-work.ts';

export type SubmitReviewCommand = {
  readonly idOrSlug: string;
  readonly authorId: UserId;
  readonly rating: number;
  readonly title?: string | null | undefined;
  readonly comment: string;
};

type Dependencies = {
  readonly unitOfWork: CatalogUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Says what one thinks of a product; it waits for a moderator. */
export class SubmitReview {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ idOrSlug, authorId, ...said }: SubmitReviewCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ reviews, reviewQueries, purchases }) =>
      safeTry(async function* () {
        const productId = yield* reviews.reviewable(idOrSlug);
        const bought = ResultAsync.fromSafePromise(purchases.holds(authorId, productId));
        const review = yield* Review.submit({
          ...said,
          id: ids.next<ReviewId>(),
          productId,
          authorId,
          isVerifiedPurchase: yield* bought,
          at: clock.now(),
        });
        yield* reviews.add(review);
        return reviewQueries.find(review.state.id, 'shoppers', authorId);
      }),
    );
  }
}
