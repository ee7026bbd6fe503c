import type { ResultAsync } from 'neverthrow';

import type { CouponId, Instant, OrderId, PromotionId } from '@kastoma/domain/core';

import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type { PromotionUseLedger } from '../../pricing/promotion-uses.port.ts';
import type { CountedUse } from '../cart-pricing.port.ts';
import type { CountedBuyer, OrderPromotions } from '../order-promotions.port.ts';

/** An order's promotions, as the ledger of the pricing context counts them. */
export class CountedPromotionUses implements OrderPromotions {
  readonly #ledger: PromotionUseLedger;

  constructor(ledger: PromotionUseLedger) {
    this.#ledger = ledger;
  }

  redeem(
    orderId: OrderId,
    uses: readonly CountedUse[],
    buyer: CountedBuyer,
    at: Instant,
  ): ResultAsync<void, ConcurrentUpdate> {
    const counted = uses.map(({ promotionId, couponId, discount }) => ({
      promotionId: promotionId as PromotionId,
      couponId: couponId as CouponId | null,
      discount,
    }));
    return this.#ledger
      .redeem(orderId, counted, buyer, at)
      .mapErr(() => ({ code: 'core.concurrent_update' as const }));
  }

  giveBack(orderId: OrderId, at: Instant): ResultAsync<void, never> {
    return this.#ledger.giveBack(orderId, at);
  }
}
