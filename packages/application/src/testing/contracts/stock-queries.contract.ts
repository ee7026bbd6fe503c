import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { VariantId } from '@kastoma/domain/core';

import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenVariant } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function stockQueriesContract(open: OpenShop): void {
  describe('queries on stock', () => {
    const shop = shopOfSuite(open);

    it('know no stock of an unknown variant, and no movements', async () => {
      const unknown = builderIds.next<VariantId>();
      const notFound = err({ code: 'inventory.stock_not_found' });
      expect(await shop().stockQueries.find(unknown)).toEqual(notFound);
      expect(await shop().stockQueries.movements(unknown, { page: 1, pageSize: 10 })).toEqual(
        notFound,
      );
    });

    it('list movements page by page, the latest first, each on one page', async () => {
      const { variantId } = await givenVariant(shop(), 10);
      for (const order of [1, 2, 3, 4]) {
        const cause = { reference: `order:${order}`, actor: 'system', reason: '', at: BUILT_AT };
        const reserved = await shop().inventory.run(SHOP, ({ ledger }) =>
          ledger.reserve([{ variantId, quantity: 1 }], cause as never),
        );
        expect(reserved.isOk()).toBe(true);
      }
      const pages = await Promise.all(
        [1, 2, 3, 4].map(async (page) =>
          (await shop().stockQueries.movements(variantId, { page, pageSize: 2 }))._unsafeUnwrap(),
        ),
      );
      expect(pages.map(({ items }) => items.map(({ reference }) => reference))).toEqual([
        ['order:4', 'order:3'],
        ['order:2', 'order:1'],
        ['catalog'],
        [],
      ]);
      expect(pages.map(({ count, countIsExact }) => [count, countIsExact])).toEqual(
        pages.map(() => [5, true]),
      );
      const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
      expect(new Set(ids).size).toBe(5);
    });
  });
}
