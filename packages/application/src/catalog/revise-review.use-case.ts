import { ResultAsync, safeTry } from 'neverthrow';

import type { ReviewChanges } from '@kastoma/domain/catalog';
import type { ReviewId, UserId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { CatalogUnitOfWork } from './catalog.unit-of-work.ts';
import { findOwnReview } from './own-review.ts';

export type ReviseReviewCommand = {
  readonly id: ReviewId;
  readonly authorId: UserId;
  readonly changes: ReviewChanges;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = { readonly unitOfWork: CatalogUnitOfWork; readonly clock: Clock };

/** Changes one's own review, which then waits for a moderator again. */
export class ReviseReview {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ id, authorId, changes, expectedVersion }: ReviseReviewCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ reviews, reviewQueries, purchases }) =>
      safeTry(async function* () {
        const review = yield* findOwnReview(reviews, id, authorId);
        yield* checkVersion(review.version, expectedVersion);
        const bought = yield* ResultAsync.fromSafePromise(
          purchases.holds(authorId, review.state.productId),
        );
        const revised = yield* review.revise(changes, bought, clock.now());
        if (revised !== review) yield* reviews.save(revised);
        return reviewQueries.find(id, 'shoppers', authorId);
      }),
    );
  }
}
