import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { ProductId, ReviewId, UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { averageHundredths, parseStars, UNRATED } from './rating.value.ts';
import { Review, type SubmitReviewInput, type Verdict } from './review.aggregate.ts';

const at = (minute: number) => (minute * 60_000) as Instant;
const draft: SubmitReviewInput = {
  id: 'review' as ReviewId,
  productId: 'product' as ProductId,
  authorId: 'author' as UserId,
  rating: 4,
  title: 'Warm',
  comment: 'Keeps my tea warm.',
  isVerifiedPurchase: false,
  at: at(0),
};
const submitted = (changes: Partial<SubmitReviewInput> = {}) =>
  Review.submit({ ...draft, ...changes });
const moderated = (verdict: Verdict) =>
  submitted()._unsafeUnwrap().moderate(verdict, false, at(1))._unsafeUnwrap();
const typesOf = (review: Review) => review.pending.map(({ type }) => type);

describe('a review', () => {
  test('waits for a moderator, and tells nothing of its author or what was written', () => {
    const review = submitted()._unsafeUnwrap();
    expect(review.state).toMatchObject({ status: 'pending', rating: 4, title: 'Warm' });
    expect(review.version).toBe(1);
    expect(review.pending).toEqual([
      {
        type: 'catalog.review_submitted',
        schemaVersion: 1,
        aggregateId: 'review',
        aggregateVersion: 1,
        occurredAt: at(0),
        payload: { reviewId: 'review', productId: 'product', rating: 4 },
      },
    ]);
  });

  test.each([0, 6, 4.5, -1, Number.NaN, Infinity])(
    'has 1 to 5 whole stars, and not %s',
    (rating) => {
      expect(submitted({ rating })._unsafeUnwrapErr()).toEqual({
        code: 'catalog.invalid_rating',
        path: ['rating'],
        maximum: 5,
      });
      expect(moderated('approved').revise({ rating }, false, at(2)).isErr()).toBe(true);
    },
  );

  test('is text, of which a title may be left out and a comment may not', () => {
    expect(submitted({ title: '  ' })._unsafeUnwrap().state.title).toBe(null);
    expect(submitted({ title: undefined })._unsafeUnwrap().state.title).toBe(null);
    for (const [wrong, field, reason] of [
      [{ comment: ' ' }, 'comment', 'empty'],
      [{ comment: 'x'.repeat(5_001) }, 'comment', 'too_long'],
      [{ comment: 'a\u{0}b' }, 'comment', 'control_character'],
      [{ title: 'x'.repeat(121) }, 'title', 'too_long'],
      [{ title: 'two\nlines' }, 'title', 'control_character'],
    ] as const)
      expect(submitted(wrong)._unsafeUnwrapErr()).toMatchObject({ path: [field], reason });
    const markup = '<script>alert(1)</script>\n<b>two</b> lines';
    expect(submitted({ comment: markup })._unsafeUnwrap().state.comment).toBe(markup);
  });

  test('is approved or rejected, and the other way round later on, but not twice the same', () => {
    const approved = moderated('approved');
    expect(approved.state.status).toBe('approved');
    expect(approved.moderate('approved', false, at(2))._unsafeUnwrapErr()).toEqual({
      code: 'catalog.review_already_moderated',
      status: 'approved',
    });
    const rejected = approved.moderate('rejected', false, at(2))._unsafeUnwrap();
    expect(typesOf(rejected)).toEqual([
      'catalog.review_submitted',
      'catalog.review_approved',
      'catalog.review_rejected',
    ]);
    expect(rejected.moderate('approved', false, at(3)).isOk()).toBe(true);
  });

  test('is asked anew whether its product was bought when it is moderated and when it is changed', () => {
    const bought = submitted()._unsafeUnwrap().moderate('approved', true, at(1))._unsafeUnwrap();
    expect(bought.state.isVerifiedPurchase).toBe(true);
    const changed = bought.revise({ rating: 1 }, false, at(2))._unsafeUnwrap();
    expect(changed.state.isVerifiedPurchase).toBe(false);
  });

  test.each(['approved', 'rejected'] as const)(
    'that was %s waits again once its author changes a word',
    (verdict) => {
      const before = moderated(verdict);
      const after = before.revise({ comment: 'Leaks.', title: null }, false, at(2))._unsafeUnwrap();
      expect(after.state).toMatchObject({
        status: 'pending',
        comment: 'Leaks.',
        title: null,
        rating: 4,
        createdAt: at(0),
        updatedAt: at(2),
      });
      expect(after.version).toBe(3);
      expect(before.revise({ comment: draft.comment }, true, at(2))._unsafeUnwrap()).toBe(before);
    },
  );

  test('tells last that it was taken back', () => {
    const gone = moderated('approved').withdraw(at(2));
    expect([gone.version, typesOf(gone).at(-1)]).toEqual([3, 'catalog.review_withdrawn']);
  });
});

describe('the rating of a product', () => {
  test('is not there while nobody has rated it', () => {
    expect(averageHundredths(UNRATED)).toBe(null);
  });

  test.each([
    [[5], 500],
    [[4, 5], 450],
    [[5, 5, 4], 467],
    [[1, 1, 2], 133],
    [[1, 2, 2, 2, 2, 2, 2, 2], 188],
  ])('of %j is %d hundredths', (stars, expected) => {
    const sum = stars.reduce((total, each) => total + each, 0);
    expect(averageHundredths({ sum, count: stars.length })).toBe(expected);
  });

  test('is the nearest hundredth, and between the best and the worst', () => {
    const stars = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(stars, (given) => {
        const sum = given.reduce((total, each) => total + each, 0);
        const average = averageHundredths({ sum, count: given.length }) ?? 0;
        expect(Math.abs(average * given.length - 100 * sum) * 2).toBeLessThanOrEqual(given.length);
        expect(average).toBeGreaterThanOrEqual(100 * Math.min(...given));
        expect(average).toBeLessThanOrEqual(100 * Math.max(...given));
      }),
      { numRuns: 200 },
    );
  });

  test('is made of whole stars', () => {
    expect([1, 5].map((stars) => parseStars(stars).isOk())).toEqual([true, true]);
  });
});
