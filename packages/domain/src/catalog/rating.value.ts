import { err, ok, type Result } from 'neverthrow';

import type { FieldPath } from '../core/text.value.ts';

/** Stars: 1 is the worst, 5 the best. */
export type Stars = number & { readonly __brand: 'Stars' };

export type InvalidRating = {
  readonly code: 'catalog.invalid_rating';
  readonly path: FieldPath;
  readonly maximum: number;
};

/** What all approved reviews of a product say together. */
export type Rating = {
  /** Of the stars. */
  readonly sum: number;
  readonly count: number;
};

export const UNRATED: Rating = { sum: 0, count: 0 };

export const MOST_STARS = 5;

export function parseStars(stars: number): Result<Stars, InvalidRating> {
  return Number.isInteger(stars) && stars >= 1 && stars <= MOST_STARS
    ? ok(stars as Stars)
    : err({ code: 'catalog.invalid_rating', path: ['rating'], maximum: MOST_STARS });
}

/** The average in hundredths of a star, half a hundredth rounded up; null while nobody has rated. */
export function averageHundredths({ sum, count }: Rating): number | null {
  return count === 0 ? null : Math.floor((200 * sum + count) / (2 * count));
}
