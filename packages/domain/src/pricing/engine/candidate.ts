import type { PromotionEffect } from '../promotion-effect.ts';
import type { PromotionTerms } from '../promotion-terms.value.ts';
import type { RejectionReason } from '../rejection.ts';
import type { LineGroup } from './line-group.ts';

/** A promotion that every condition lets in, but for what depends on running amounts. */
export type Candidate = {
  readonly terms: PromotionTerms;
  readonly couponCode: string | null;
  /** Its effects that can be written in the currency of the cart. */
  readonly effects: readonly PromotionEffect[];
  /** The groups that its thresholds count. */
  readonly qualifying: readonly LineGroup[];
};

/** A promotion that takes nothing off, and why. */
export type Turned = {
  readonly terms: PromotionTerms;
  readonly couponCode: string | null;
  readonly why: RejectionReason;
};

/** The higher priority goes first, then the smaller id. */
export function byPriority(
  a: { readonly terms: PromotionTerms },
  b: { readonly terms: PromotionTerms },
): number {
  if (a.terms.priority !== b.terms.priority) return b.terms.priority - a.terms.priority;
  return a.terms.id < b.terms.id ? -1 : 1;
}
