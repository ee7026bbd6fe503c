import type { Instant } from '../core/instant.value.ts';
import type { PromotionClass } from './promotion-class.ts';
import type { PromotionConditions, PromotionLimits } from './promotion-conditions.ts';
import type { PromotionEffect } from './promotion-effect.ts';

/** A promotion as somebody writes it: what is left out has a default. */
export type PromotionDraft = {
  readonly id: string;
  readonly name: string;
  /** Left out: `line` where an effect on goods has a target, is per unit or a buy X get Y, else `order`. */
  readonly class?: PromotionClass | undefined;
  /** Applied in this order, but for buy X get Y, which waits for all other line effects. */
  readonly effects: readonly PromotionEffect[];
  readonly conditions?: PromotionConditions | undefined;
  readonly limits?: PromotionLimits | undefined;
  /** The window is half-open: from the start, up to and without the end. */
  readonly startsAt?: Instant | null | undefined;
  readonly endsAt?: Instant | null | undefined;
  readonly isActive?: boolean | undefined;
  /** The higher one goes first; zero unless told. */
  readonly priority?: number | undefined;
  /** Shuts out the others of its class. */
  readonly isExclusive?: boolean | undefined;
  /** Two promotions combine where each names the other's class; every class unless told. */
  readonly combinesWith?: readonly PromotionClass[] | undefined;
};
