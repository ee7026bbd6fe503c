import type { Instant } from '@kastoma/domain/core';
import type { Promotion } from '@kastoma/domain/pricing';

import { presentedPromotions } from '../../pricing/presented-promotions.ts';
import type {
  PromotionsForCart,
  PromotionsInForce,
} from '../../pricing/promotions-in-force.port.ts';
import { byKeys } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';
import { countingUses, countUses } from './promotion-uses.in-memory-ledger.ts';

export class InMemoryPromotionsInForce implements PromotionsInForce {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async forCart({
    at,
    codes,
    customer,
  }: Parameters<PromotionsInForce['forCart']>[0]): Promise<PromotionsForCart> {
    const used = new Set(countingUses(this.#memory).map(({ couponId }) => couponId));
    const found = [...this.#memory.tables.coupons.values()]
      .map(({ state }) => state)
      .filter(({ code, deletedAt }) => deletedAt === null && codes.includes(code))
      .map(({ id, code, promotionId, singleUse, active }) => {
        const usesLeft = singleUse ? (used.has(id) ? 0 : 1) : undefined;
        return { id, code, promotionId, active, usesLeft };
      })
      .toSorted(byKeys(({ code }) => code));
    const presented = new Set<string>(found.map(({ promotionId }) => promotionId));
    const terms = [...this.#memory.tables.promotions.values()]
      .filter((promotion) => isInForce(promotion, at) || presented.has(promotion.state.id))
      .map(({ state }) => state.terms)
      .toSorted(byKeys(({ id }) => id));
    const uses = terms
      .filter(({ limits }) => limits.total !== undefined || limits.perCustomer !== undefined)
      .map(({ id, limits }) => {
        const { total, byCustomer } = countUses(this.#memory, id, customer);
        return {
          promotionId: id,
          total: limits.total === undefined ? 0 : total,
          byCustomer: limits.perCustomer === undefined ? 0 : byCustomer,
        };
      });
    return { ...presentedPromotions(found, terms), uses };
  }
}

function isInForce({ state }: Promotion, at: Instant): boolean {
  const { isActive, startsAt, endsAt } = state.terms;
  return (
    state.automatic &&
    state.deletedAt === null &&
    isActive &&
    (startsAt === null || startsAt <= at) &&
    (endsAt === null || at < endsAt)
  );
}
