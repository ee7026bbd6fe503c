import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { PromotionId } from '@kastoma/domain/core';
import type { PromotionNotFound } from '@kastoma/domain/pricing';

import type { Page, PageRequest } from '../../core/page.ts';
import type { PromotionFilter, PromotionQueries } from '../../pricing/promotion-queries.port.ts';
import { viewPromotion, type PromotionView } from '../../pricing/promotion-view.ts';
import { byKeys, descending, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryPromotionQueries implements PromotionQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async list(filter: PromotionFilter, page: PageRequest): Promise<Page<PromotionView>> {
    const { active, automatic, search } = filter;
    const words = search?.toLowerCase() ?? '';
    const matching = this.#all().filter(
      (view) =>
        (active === null || view.terms.isActive === active) &&
        (automatic === null || view.automatic === automatic) &&
        view.terms.name.toLowerCase().includes(words),
    );
    const latestFirst = descending(
      byKeys<PromotionView>(
        ({ createdAt }) => createdAt,
        ({ id }) => id,
      ),
    );
    return pageOf(matching.toSorted(latestFirst), page);
  }

  find(id: PromotionId): ResultAsync<PromotionView, PromotionNotFound> {
    const found = this.#all().find((view) => view.id === id);
    return found === undefined ? errAsync({ code: 'pricing.promotion_not_found' }) : okAsync(found);
  }

  #all(): readonly PromotionView[] {
    return [...this.#memory.tables.promotions.values()]
      .filter(({ state }) => state.deletedAt === null)
      .map(viewPromotion);
  }
}
