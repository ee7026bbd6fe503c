import type { ResultAsync } from 'neverthrow';

import type { CouponId, Instant, Money, OrderId, PromotionId, UserId } from '@kastoma/domain/core';
import type { PromotionLimitReached, PromotionUses } from '@kastoma/domain/pricing';

/** Whose uses are counted: whoever has the account or the address. Both are null while nobody is known. */
export type Redeemer = {
  readonly id: UserId | null;
  /** In the form in which addresses are compared, as identity reads them. */
  readonly email: string | null;
};

export type PromotionUse = {
  readonly promotionId: PromotionId;
  /** Of the code that presented it; null when it was automatic. */
  readonly couponId: CouponId | null;
  readonly discount: Money;
};

/** Who used what: counted in the transaction that places or cancels the order. */
export interface PromotionUseLedger {
  /**
   * Counts a use of each promotion, or of none when a limit is reached: that of the promotion as it stands now,
   * however many orders are placed at once. An order counts once for a promotion however often it is placed.
   * The customer is known by now; `uses` name each promotion once.
   */
  redeem(
    orderId: OrderId,
    uses: readonly PromotionUse[],
    customer: Redeemer,
    at: Instant,
  ): ResultAsync<void, PromotionLimitReached>;
  /** Gives an order's uses back, once, but for promotions that keep theirs. */
  giveBack(orderId: OrderId, at: Instant): ResultAsync<void, never>;
  /** What counts of each promotion, by everybody and by this customer. */
  usesOf(
    promotionIds: readonly PromotionId[],
    customer: Redeemer,
  ): ResultAsync<readonly PromotionUses[], never>;
}
