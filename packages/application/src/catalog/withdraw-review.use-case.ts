import { safeTry } from 'neverthrow';

import type { ReviewId, UserId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { CatalogUnitOfWork } from './catalog.unit-of-work.ts';
import { findOwnReview } from './own-review.ts';

export type WithdrawReviewCommand = {
  readonly id: ReviewId;
  readonly authorId: UserId;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = { readonly unitOfWork: CatalogUnitOfWork; readonly clock: Clock };

/** Takes one's own review back. Another one may be written. */
export class WithdrawReview {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ id, authorId, expectedVersion }: WithdrawReviewCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ reviews }) =>
      safeTry(async function* () {
        const review = yield* findOwnReview(reviews, id, authorId);
        yield* checkVersion(review.version, expectedVersion);
        return reviews.remove(review.withdraw(clock.now()));
      }),
    );
  }
}
