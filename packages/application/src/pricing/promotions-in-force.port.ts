import type { CouponId, Instant } from '@kastoma/domain/core';
import type {
  CouponCode,
  PricingCoupon,
  PromotionTerms,
  PromotionUses,
} from '@kastoma/domain/pricing';

import type { Redeemer } from './promotion-uses.port.ts';

/** A coupon by the code that was presented, in its folded form. */
export type PresentedCoupon = PricingCoupon & {
  readonly id: CouponId;
  /** Of a coupon for one use; undefined: as many as its promotion has. */
  readonly usesLeft: number | undefined;
};

/** What the engine must know of promotions to price a cart. */
export type PromotionsForCart = {
  /** The automatic ones of this moment, and those that a code presents, whatever their state. */
  readonly promotions: readonly PromotionTerms[];
  /** A code that is not among them is unknown. */
  readonly coupons: readonly PresentedCoupon[];
  /** Of promotions with limits; what no limit asks for is not counted, and zero. */
  readonly uses: readonly PromotionUses[];
};

/** What promotions ask of whoever buys. */
export type BuyerFacts = {
  /** None, of somebody without an account. */
  readonly groups: readonly string[];
  /** None of the buyer's orders stands: there is none, or all are cancelled. Of a guest nobody has named yet, so. */
  readonly isFirstOrder: boolean;
};

export type PromotionsForBuyer = PromotionsForCart & { readonly buyer: BuyerFacts };

export interface PromotionsInForce {
  /** The promotion of a coupon that is switched off comes switched off, unless another code presents it as well. */
  forCart(query: {
    readonly at: Instant;
    readonly codes: readonly CouponCode[];
    readonly customer: Redeemer;
  }): Promise<PromotionsForBuyer>;
  /**
   * The same for each of many carts of the past, in their order and in few reads, however many they are; as if nothing had
   * been used yet: what a cart used up it had.
   */
  forPastCarts(
    carts: readonly { readonly at: Instant; readonly codes: readonly CouponCode[] }[],
  ): Promise<readonly PromotionsForCart[]>;
}
