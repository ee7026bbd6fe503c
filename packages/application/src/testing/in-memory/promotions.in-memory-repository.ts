import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { PromotionId } from '@kastoma/domain/core';
import { Coupon, Promotion, type PromotionNotFound } from '@kastoma/domain/pricing';

import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type { PromotionRepository } from '../../pricing/promotion-repository.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryPromotionRepository implements PromotionRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    this.#memory = memory;
    this.#outbox = outbox;
  }

  add(promotion: Promotion): ResultAsync<void, never> {
    this.#store(promotion);
    return okAsync();
  }

  countAutomatic(): ResultAsync<number, never> {
    const promotions = [...this.#memory.tables.promotions.values()];
    return okAsync(
      promotions.filter(({ state }) => state.automatic && state.deletedAt === null).length,
    );
  }

  find(id: PromotionId): ResultAsync<Promotion, PromotionNotFound> {
    const found = this.#memory.tables.promotions.get(id);
    return found === undefined || found.state.deletedAt !== null
      ? errAsync({ code: 'pricing.promotion_not_found' })
      : okAsync(found);
  }

  save(promotion: Promotion): ResultAsync<void, ConcurrentUpdate> {
    const { id, deletedAt } = promotion.state;
    const stands = this.#memory.tables.promotions.get(id);
    if (stands?.version !== promotion.version - promotion.pending.length)
      return errAsync({ code: 'core.concurrent_update' });
    this.#store(promotion);
    if (deletedAt !== null) this.#deleteCouponsOf(promotion);
    return okAsync();
  }

  #store({ state, version, pending }: Promotion): void {
    this.#memory.tables.promotions.set(state.id, Promotion.restore(state, version));
    this.#outbox.record(pending);
  }

  #deleteCouponsOf({ state: { id: promotionId, deletedAt } }: Promotion): void {
    const { coupons } = this.#memory.tables;
    for (const { state, version } of coupons.values()) {
      if (state.promotionId === promotionId && state.deletedAt === null)
        coupons.set(state.id, Coupon.restore({ ...state, deletedAt }, version + 1));
    }
  }
}
