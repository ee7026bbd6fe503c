import type { Instant } from '../core/instant.value.ts';
import type { Money } from '../core/money.value.ts';

/** Why a promotion took nothing off, in the words of a rule; the code says `coupon.` or `promotion.` before it. */
export type RejectionReason =
  | { readonly reason: 'inactive' }
  | { readonly reason: 'not_started'; readonly startsAt: Instant }
  | { readonly reason: 'expired'; readonly endsAt: Instant }
  | { readonly reason: 'limit_reached'; readonly limit: number }
  | { readonly reason: 'customer_limit_reached'; readonly limit: number }
  /** Written in another currency than the cart. */
  | { readonly reason: 'other_currency' }
  | { readonly reason: 'not_for_customer' }
  | { readonly reason: 'not_first_order' }
  | { readonly reason: 'not_for_destination' }
  /** No line matches what the conditions ask for, or what the effects are for. */
  | { readonly reason: 'no_eligible_items' }
  | { readonly reason: 'below_minimum'; readonly minimum: Money; readonly reached: Money }
  | {
      readonly reason: 'below_minimum_quantity';
      readonly minimum: number;
      readonly reached: number;
    }
  /** It applies, and takes nothing off: too few units, nothing left to reduce, or less than half a minor unit. */
  | { readonly reason: 'nothing_to_discount' }
  | { readonly reason: 'excluded_by'; readonly winnerId: string };

type RejectedPromotion = RejectionReason & {
  /** `coupon.expired`, `promotion.below_minimum`, …; exclusion is always `promotion.excluded_by`. */
  readonly code: string;
  readonly promotionId: string;
  /** The code that presented it; null when it is automatic. */
  readonly couponCode: string | null;
};

export type RejectedCode = {
  readonly code: 'coupon.unknown' | 'coupon.used_up' | 'coupon.same_promotion';
  readonly reason: 'unknown' | 'used_up' | 'same_promotion';
  /** Null when nothing is known of the code. */
  readonly promotionId: string | null;
  readonly couponCode: string;
};

/** A rule or a code that took nothing off. */
export type Rejection = RejectedPromotion | RejectedCode;
