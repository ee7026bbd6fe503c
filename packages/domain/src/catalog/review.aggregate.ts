import { err, ok, Result } from 'neverthrow';

import type { ProductId, ReviewId, UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { parseText, type InvalidText } from '../core/text.value.ts';
import { parseStars, type InvalidRating, type Stars } from './rating.value.ts';
import type { AlreadyModerated } from './review.errors.ts';
import type { ReviewEvent } from './review.events.ts';

export const REVIEW_STATUSES = ['pending', 'approved', 'rejected'] as const;
export type ReviewStatus = (typeof REVIEW_STATUSES)[number];

/** What a moderator makes of a review. */
export type Verdict = Exclude<ReviewStatus, 'pending'>;

export type ReviewState = {
  readonly id: ReviewId;
  readonly productId: ProductId;
  /** Null once its author was erased: it is nobody's any more. */
  readonly authorId: UserId | null;
  readonly rating: Stars;
  readonly title: string | null;
  /** Null once its author was erased. */
  readonly comment: string | null;
  /** Whether an order of the author that stood held the product when that was last asked. */
  readonly isVerifiedPurchase: boolean;
  readonly status: ReviewStatus;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

export type SubmitReviewInput = {
  readonly id: ReviewId;
  readonly productId: ProductId;
  readonly authorId: UserId;
  readonly rating: number;
  readonly title?: string | null | undefined;
  readonly comment: string;
  readonly isVerifiedPurchase: boolean;
  readonly at: Instant;
};

/** What is undefined stays; null takes the title away. */
export type ReviewChanges = {
  readonly rating?: number | undefined;
  readonly title?: string | null | undefined;
  readonly comment?: string | undefined;
};

export type InvalidReview = InvalidRating | InvalidText;

const LONGEST_TITLE = 120;
const LONGEST_COMMENT = 5_000;

/** What a customer says of a product. Others read it, and it counts, once a moderator has approved it. */
export class Review {
  readonly state: ReviewState;
  readonly version: number;
  /** One for each version that was not saved yet. */
  readonly pending: readonly ReviewEvent[];

  private constructor(state: ReviewState, version: number, pending: readonly ReviewEvent[]) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  static submit(input: SubmitReviewInput): Result<Review, InvalidReview> {
    const { id, productId, authorId, isVerifiedPurchase, at } = input;
    return Result.combine([
      parseStars(input.rating),
      parseTitle(input.title ?? null),
      parseComment(input.comment),
    ]).map(([rating, title, comment]) => {
      const state = { id, productId, authorId, rating, title, comment, isVerifiedPurchase };
      const times = { createdAt: at, updatedAt: at };
      return new Review({ ...state, ...times, status: 'pending' }, 0, []).#next(
        'catalog.review_submitted',
        {},
        at,
      );
    });
  }

  /** For persistence only. */
  static restore(state: ReviewState, version: number): Review {
    return new Review(state, version, []);
  }

  /** What its author changes waits for a moderator again; without a difference it stays the version that it is. */
  revise(
    changes: ReviewChanges,
    isVerifiedPurchase: boolean,
    at: Instant,
  ): Result<Review, InvalidReview> {
    const { state } = this;
    return Result.combine([
      parseStars(changes.rating ?? state.rating),
      changes.title === undefined ? ok(state.title) : parseTitle(changes.title),
      changes.comment === undefined ? ok(state.comment) : parseComment(changes.comment),
    ]).map(([rating, title, comment]) => {
      const isSame = rating === state.rating && title === state.title && comment === state.comment;
      if (isSame) return this;
      const said = { rating, title, comment, isVerifiedPurchase, updatedAt: at };
      return this.#next('catalog.review_revised', { ...said, status: 'pending' }, at);
    });
  }

  /** A verdict can be turned round, and not given twice. Whether the product was bought is asked anew. */
  moderate(
    verdict: Verdict,
    isVerifiedPurchase: boolean,
    at: Instant,
  ): Result<Review, AlreadyModerated> {
    return this.state.status === verdict
      ? err({ code: 'catalog.review_already_moderated', status: verdict })
      : ok(this.#next(`catalog.review_${verdict}`, { status: verdict, isVerifiedPurchase }, at));
  }

  /** The last that is told of it. */
  withdraw(at: Instant): Review {
    return this.#next('catalog.review_withdrawn', {}, at);
  }

  #next(type: ReviewEvent['type'], changes: Partial<ReviewState>, at: Instant): Review {
    const state = { ...this.state, ...changes };
    const { id, productId, rating } = state;
    const version = this.version + 1;
    const event: ReviewEvent = {
      type,
      schemaVersion: 1,
      aggregateId: id,
      aggregateVersion: version,
      occurredAt: at,
      payload: { reviewId: id, productId, rating },
    };
    return new Review(state, version, [...this.pending, event]);
  }
}

function parseTitle(title: string | null): Result<string | null, InvalidText> {
  if (title === null) return ok(null);
  const rule = { path: ['title'], maximumLength: LONGEST_TITLE, mayBeEmpty: true };
  return parseText(title, rule).map((text) => (text === '' ? null : text));
}

function parseComment(comment: string): Result<string, InvalidText> {
  return parseText(comment, {
    path: ['comment'],
    maximumLength: LONGEST_COMMENT,
    multiline: true,
  });
}
