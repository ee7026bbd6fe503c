import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import { defect, type Instant, type OrderId, type PromotionId } from '@kastoma/domain/core';
import type { Promotion, PromotionLimitReached, PromotionUses } from '@kastoma/domain/pricing';

import type {
  PromotionUse,
  PromotionUseLedger,
  Redeemer,
} from '../../pricing/promotion-uses.port.ts';
import type { Memory, Redemption } from './in-memory-store.ts';

export class InMemoryPromotionUseLedger implements PromotionUseLedger {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  redeem(
    orderId: OrderId,
    uses: readonly PromotionUse[],
    customer: Redeemer,
    at: Instant,
  ): ResultAsync<void, PromotionLimitReached> {
    const { redemptions } = this.#memory.tables;
    const fresh = uses
      .filter(({ promotionId }) => !redemptions.has(keyOf(orderId, promotionId)))
      .toSorted((a, b) => (a.promotionId < b.promotionId ? -1 : 1));
    for (const use of fresh) {
      const limit = this.#limitReachedBy(use, customer);
      const { promotionId } = use;
      if (limit !== null)
        return errAsync({ code: 'pricing.promotion_limit_reached', promotionId, limit });
    }
    for (const use of fresh) {
      const redemption = { ...use, orderId, customer, redeemedAt: at, givenBackAt: null };
      redemptions.set(keyOf(orderId, use.promotionId), redemption);
    }
    return okAsync();
  }

  giveBack(orderId: OrderId, at: Instant): ResultAsync<void, never> {
    const { redemptions } = this.#memory.tables;
    for (const [key, redemption] of redemptions) {
      const { givesUsesBack } = this.#promotion(redemption.promotionId).state;
      if (redemption.orderId === orderId && redemption.givenBackAt === null && givesUsesBack)
        redemptions.set(key, { ...redemption, givenBackAt: at });
    }
    return okAsync();
  }

  usesOf(
    promotionIds: readonly PromotionId[],
    customer: Redeemer,
  ): ResultAsync<readonly PromotionUses[], never> {
    return okAsync(
      promotionIds.map((promotionId) => countUses(this.#memory, promotionId, customer)),
    );
  }

  #limitReachedBy(
    { promotionId, couponId }: PromotionUse,
    customer: Redeemer,
  ): PromotionLimitReached['limit'] | null {
    const { limits } = this.#promotion(promotionId).state.terms;
    const { total, byCustomer } = countUses(this.#memory, promotionId, customer);
    if (total >= (limits.total ?? Infinity)) return 'total';
    if (byCustomer >= (limits.perCustomer ?? Infinity)) return 'per_customer';
    const coupon = this.#memory.tables.coupons.get(couponId ?? '');
    const isUsedUp =
      coupon?.state.singleUse === true &&
      countingUses(this.#memory).some((redemption) => redemption.couponId === couponId);
    return isUsedUp ? 'single_use' : null;
  }

  #promotion(id: PromotionId): Promotion {
    return this.#memory.tables.promotions.get(id) ?? defect(`There is no promotion ${id}.`);
  }
}

/** What counts of a promotion, by everybody and by the customer. */
export function countUses(memory: Memory, promotionId: string, customer: Redeemer): PromotionUses {
  const uses = countingUses(memory).filter((use) => use.promotionId === promotionId);
  const byCustomer = uses.filter((use) => isBy(customer, use)).length;
  return { promotionId, total: uses.length, byCustomer };
}

/** All that was not given back. */
export function countingUses({ tables }: Memory): readonly Redemption[] {
  return [...tables.redemptions.values()].filter(({ givenBackAt }) => givenBackAt === null);
}

function isBy({ id, email }: Redeemer, { customer }: Redemption): boolean {
  return (id !== null && customer.id === id) || (email !== null && customer.email === email);
}

function keyOf(orderId: string, promotionId: string): string {
  return `${orderId} ${promotionId}`;
}
