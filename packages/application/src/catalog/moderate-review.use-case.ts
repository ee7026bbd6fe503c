import { ResultAsync, safeTry } from 'neverthrow';

import type { Review, Verdict } from '@kastoma/domain/catalog';
import type { ReviewId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { CatalogUnitOfWork } from './catalog.unit-of-work.ts';
import type { Purchases } from './purchases.port.ts';

export type ModerateReviewCommand = {
  readonly id: ReviewId;
  readonly verdict: Verdict;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = { readonly unitOfWork: CatalogUnitOfWork; readonly clock: Clock };

/** Lets others read a review, or keeps it from them. */
export class ModerateReview {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ id, verdict, expectedVersion }: ModerateReviewCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ reviews, reviewQueries, purchases }) =>
      safeTry(async function* () {
        const review = yield* reviews.find(id);
        yield* checkVersion(review.version, expectedVersion);
        const bought = yield* ResultAsync.fromSafePromise(isBought(purchases, review));
        yield* reviews.save(yield* review.moderate(verdict, bought, clock.now()));
        return reviewQueries.find(id, 'staff', null);
      }),
    );
  }
}

/** Of nobody's review it stays what was known. */
async function isBought(
  purchases: Purchases,
  { state: { authorId, productId, isVerifiedPurchase } }: Review,
): Promise<boolean> {
  return authorId === null ? isVerifiedPurchase : purchases.holds(authorId, productId);
}
