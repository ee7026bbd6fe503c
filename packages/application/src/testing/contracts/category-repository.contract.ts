import { err, ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Category } from '@kastoma/domain/catalog';
import type { CategoryId } from '@kastoma/domain/core';

import { builderIds } from '../builders/builder-ids.ts';
import { aCategory } from '../builders/category.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCategory } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function categoryRepositoryContract(open: OpenShop): void {
  describe('a category repository', () => {
    const shop = shopOfSuite(open);
    const add = (category: Category) =>
      shop().catalog.run(SHOP, ({ categories }) => categories.add(category));
    const vouchFor = (id: CategoryId) =>
      shop().catalog.run(SHOP, ({ categories }) => categories.require(id));
    const unknown = err({ code: 'catalog.category_not_found' });

    it('stores a category below another one, and tells of it', async () => {
      const parent = await givenCategory(shop());
      const category = await givenCategory(
        shop(),
        aCategory({ name: 'Lámpara', parentId: parent.state.id, description: 'Light' }),
      );
      const { id, name, slug } = category.state;
      expect(await shop().categoryQueries.find(id)).toEqual(
        ok({
          id,
          name,
          slug,
          description: 'Light',
          parentId: parent.state.id,
          productCount: 0,
          version: 1,
        }),
      );
      expect(await shop().eventsOf(id)).toEqual([
        { ...category.pending[0], correlationId: 'test', actor: 'system' },
      ]);
    });

    it('vouches for a category that is there, also within the work that stored it', async () => {
      const category = aCategory();
      expect(await vouchFor(category.state.id)).toEqual(unknown);
      const run = await shop().catalog.run(SHOP, ({ categories }) =>
        categories.add(category).andThen(() => categories.require(category.state.id)),
      );
      expect(run.isOk()).toBe(true);
      expect((await vouchFor(category.state.id)).isOk()).toBe(true);
      expect(await vouchFor(builderIds.next<CategoryId>())).toEqual(unknown);
    });

    it('refuses a slug that another category has, and stores nothing', async () => {
      const { slug } = (await givenCategory(shop())).state;
      const second = aCategory({ slug });
      expect(await add(second)).toEqual(err({ code: 'catalog.slug_taken', slug }));
      expect(await vouchFor(second.state.id)).toEqual(unknown);
      expect(await shop().eventsOf(second.state.id)).toEqual([]);
    });

    it('forgets a category whose transaction failed', async () => {
      const category = aCategory();
      const run = await shop().catalog.run(SHOP, ({ categories }) =>
        categories.add(category).andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run.isErr()).toBe(true);
      expect(await vouchFor(category.state.id)).toEqual(unknown);
    });

    it('lets one of eight have a slug that all of them want at once', async () => {
      const runs = await times(8, () => add(aCategory({ slug: 'wanted-by-all' })));
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
      expect(runs.filter((run) => run.isErr())).toHaveLength(7);
    });
  });
}
