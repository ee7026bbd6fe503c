import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import { systemContext } from '@kastoma/application/core';
import { parseId, type ReviewId, type UserId } from '@kastoma/domain/core';
import { parseEmailAddress } from '@kastoma/domain/identity';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';

const CONTEXT = systemContext('first-start');

type DemoReview = {
  readonly idOrSlug: string;
  readonly rating: number;
  readonly title: string;
  readonly comment: string;
};

const REVIEWS: readonly DemoReview[] = [
  {
    idOrSlug: 'dipped-stoneware-mug',
    rating: 5,
    title: 'The one I reach for',
    comment: 'Holds its warmth, sits well in the hand, and has survived the dishwasher for a year.',
  },
  {
    idOrSlug: 'teapot-with-strainer',
    rating: 4,
    title: 'Pours well',
    comment: 'No drips. The strainer could be a little finer for rooibos.',
  },
  {
    idOrSlug: 'oak-chopping-board',
    rating: 5,
    title: 'Heavy in a good way',
    comment: 'Does not slide, and looks better with every oiling.',
  },
  {
    idOrSlug: 'glass-storage-jar',
    rating: 3,
    title: 'Good jar, tight lid',
    comment: 'The seal keeps coffee fresh. It takes both hands to open.',
  },
];

/** What the demo customer thinks of some products, for everybody to read; none where there is no such customer. */
export async function plantDemoReviews(wiring: Wiring, customerEmail: string): Promise<void> {
  const customer = await parseEmailAddress(customerEmail).asyncAndThen((email) =>
    wiring.get(TOKENS.userReader).findByEmail(email),
  );
  if (customer.isErr()) return;
  for (const review of REVIEWS) {
    const planted = await plantReview(wiring, customer.value.state.id, review);
    if (planted.isErr())
      throw new Error(`The review of ${review.idOrSlug} could not be planted: ${planted.error}`);
  }
}

/** One that is there already stays as it is, and a product that is gone has none. */
function plantReview(
  wiring: Wiring,
  authorId: UserId,
  review: DemoReview,
): ResultAsync<unknown, string> {
  return wiring
    .get(TOKENS.submitReview)
    .execute({ ...review, authorId }, CONTEXT)
    .andThen(({ id }) => parseId<ReviewId>(id))
    .andThen((id) => {
      const verdict = { id, verdict: 'approved' as const, expectedVersion: null };
      return wiring.get(TOKENS.moderateReview).execute(verdict, CONTEXT);
    })
    .orElse(({ code }) =>
      code === 'catalog.review_exists' || code === 'catalog.product_not_found'
        ? okAsync(null)
        : errAsync(code),
    );
}
