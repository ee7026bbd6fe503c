import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { CategoryId } from '@kastoma/domain/core';

import { builderIds } from '../builders/builder-ids.ts';
import { aCategory } from '../builders/category.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCategory, givenProduct } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function categoryQueriesContract(open: OpenShop): void {
  describe('queries on categories', () => {
    const shop = shopOfSuite(open);

    it('list categories by name, those of one name in a fixed order, each on one page', async () => {
      expect(await shop().categoryQueries.list({ page: 1, pageSize: 2 })).toEqual({
        items: [],
        count: 0,
        countIsExact: true,
      });
      const names = ['chairs', 'beds', 'desks', 'beds', 'armchairs'];
      for (const name of names) await givenCategory(shop(), aCategory({ name }));
      const pages = await Promise.all(
        [1, 2, 3, 4].map((page) => shop().categoryQueries.list({ page, pageSize: 2 })),
      );
      expect(pages.map(({ items }) => items.map(({ name }) => name))).toEqual([
        ['armchairs', 'beds'],
        ['beds', 'chairs'],
        ['desks'],
        [],
      ]);
      expect(pages.map(({ count }) => count)).toEqual([5, 5, 5, 5]);
      expect(new Set(pages.flatMap(({ items }) => items.map(({ id }) => id))).size).toBe(5);
    });

    it('find a category by its slug, and by its id in either case', async () => {
      const { id, slug } = (await givenCategory(shop())).state;
      for (const name of [id, id.toUpperCase(), slug]) {
        expect((await shop().categoryQueries.find(name))._unsafeUnwrap().id).toBe(id);
      }
    });

    it('find nothing under a name that nobody has, whatever is in it', async () => {
      for (const name of [builderIds.next<CategoryId>(), 'nothing', '%', "'; --", '', 'ünï-çode']) {
        expect(await shop().categoryQueries.find(name)).toEqual(
          err({ code: 'catalog.category_not_found' }),
        );
      }
    });

    it('count the published products of the very category', async () => {
      const parent = await givenCategory(shop());
      const child = await givenCategory(shop(), aCategory({ parentId: parent.state.id }));
      for (const status of ['published', 'published', 'draft', 'archived'] as const)
        await givenProduct(shop(), { categoryId: child.state.id, status });
      const counts = await Promise.all(
        [child, parent].map(async ({ state }) =>
          (await shop().categoryQueries.find(state.id)).map(({ productCount }) => productCount),
        ),
      );
      expect(counts.map((count) => count._unsafeUnwrap())).toEqual([2, 0]);
    });

    it('show the work what it stored itself, and others only when it is committed', async () => {
      const category = aCategory();
      const run = await shop().catalog.run(SHOP, ({ categories, categoryQueries }) =>
        categories.add(category).andThen(() => categoryQueries.find(category.state.id)),
      );
      expect(run._unsafeUnwrap().slug).toBe(category.state.slug);

      const refused = aCategory();
      await shop()
        .catalog.run(SHOP, async ({ categories }) => {
          await categories.add(refused).unwrapOr(undefined);
          expect((await shop().categoryQueries.find(refused.state.id)).isErr()).toBe(true);
          return err({ code: 'test.refused' });
        })
        .unwrapOr(undefined);
      expect((await shop().categoryQueries.find(refused.state.id)).isErr()).toBe(true);
    });
  });
}
