import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, PromotionId } from '@kastoma/domain/core';

import type { PromotionFilter } from '../../pricing/promotion-queries.port.ts';
import { viewPromotion } from '../../pricing/promotion-view.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { SHOP } from '../contexts.ts';
import { givenPromotion } from '../promoted-shop.ts';
import type { OpenShop } from '../shop-ports.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function promotionQueriesContract(open: OpenShop): void {
  describe('the promotions as they are shown', () => {
    const shop = shopOfSuite(open);
    const namesOf = async (filter: Partial<PromotionFilter>, page = 1, pageSize = 10) => {
      const everything = { active: null, automatic: null, search: null };
      const list = await shop().promotionQueries.list(
        { ...everything, ...filter },
        { page, pageSize },
      );
      return [list.items.map(({ terms }) => terms.name), list.count];
    };

    it('are none at first, and found by nobody', async () => {
      expect(await namesOf({})).toEqual([[], 0]);
      expect(await shop().promotionQueries.find(builderIds.next<PromotionId>())).toEqual(
        err({ code: 'pricing.promotion_not_found' }),
      );
    });

    it('come the latest first, page by page, by what is asked for', async () => {
      const at = (minutes: number) => (BUILT_AT + minutes * 60_000) as Instant;
      const first = await givenPromotion(shop(), { name: '50 % on Tea', at: at(1) });
      await givenPromotion(shop(), { name: 'tea time', isActive: false, at: at(2) });
      await givenPromotion(shop(), { name: 'Coffee_break', automatic: false, at: at(3) });
      expect(await namesOf({})).toEqual([['Coffee_break', 'tea time', '50 % on Tea'], 3]);
      expect(await namesOf({}, 2, 2)).toEqual([['50 % on Tea'], 3]);
      expect(await namesOf({ search: 'TEA' })).toEqual([['tea time', '50 % on Tea'], 2]);
      expect(await namesOf({ search: '%' })).toEqual([['50 % on Tea'], 1]);
      expect(await namesOf({ search: '_' })).toEqual([['Coffee_break'], 1]);
      expect(await namesOf({ active: true, search: 'tea' })).toEqual([['50 % on Tea'], 1]);
      expect(await namesOf({ active: false })).toEqual([['tea time'], 1]);
      expect(await namesOf({ automatic: false })).toEqual([['Coffee_break'], 1]);
      expect(await shop().promotionQueries.find(first.state.id)).toEqual(ok(viewPromotion(first)));
    });

    it('leave out what was deleted', async () => {
      const promotion = await givenPromotion(shop(), { name: 'Gone tomorrow' });
      const deleted = shop().pricing.run(SHOP, ({ promotions }) =>
        promotions
          .find(promotion.state.id)
          .andThen((found) => found.delete(BUILT_AT as Instant))
          .andThen((found) => promotions.save(found)),
      );
      expect((await deleted).isOk()).toBe(true);
      expect(await namesOf({ search: 'gone' })).toEqual([[], 0]);
      expect((await shop().promotionQueries.find(promotion.state.id)).isErr()).toBe(true);
    });
  });
}
