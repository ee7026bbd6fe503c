import type { DomainEvent } from '../core/domain-event.ts';

/** What was written and by whom is asked of the review: events outlive the people that they tell of. */
type ReviewFacts = {
  readonly reviewId: string;
  readonly productId: string;
  readonly rating: number;
};

/** It waits for a moderator. */
export type ReviewSubmitted = DomainEvent<'catalog.review_submitted', ReviewFacts>;
/** Its author has changed it, and it waits for a moderator again. */
export type ReviewRevised = DomainEvent<'catalog.review_revised', ReviewFacts>;
/** It counts from then on. */
export type ReviewApproved = DomainEvent<'catalog.review_approved', ReviewFacts>;
export type ReviewRejected = DomainEvent<'catalog.review_rejected', ReviewFacts>;
/** Its author has taken it back. */
export type ReviewWithdrawn = DomainEvent<'catalog.review_withdrawn', ReviewFacts>;

export type ReviewEvent =
  | ReviewSubmitted
  | ReviewRevised
  | ReviewApproved
  | ReviewRejected
  | ReviewWithdrawn;
