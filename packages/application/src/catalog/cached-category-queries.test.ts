import { beforeEach, describe, expect, it } from 'vitest';

import { CachedReads, STALEST_READ_MILLISECONDS } from '../core/cached-reads.ts';
import { aCategory } from '../testing/builders/category.builder.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { FakeCache } from '../testing/ports/fake-cache.ts';
import { RecordedPause } from '../testing/ports/recorded-pause.ts';
import { givenCategory } from '../testing/stocked-shop.ts';
import { CachedCategoryQueries } from './cached-category-queries.ts';

const FIRST = { page: 1, pageSize: 20 };

let shop: ReturnType<typeof inMemoryShop>;
let cache: FakeCache;

beforeEach(() => {
  shop = inMemoryShop();
  cache = new FakeCache();
});

function aProcess() {
  const reads = new CachedReads({ cache, clock: shop.clock, pause: new RecordedPause() });
  return { reads, categories: new CachedCategoryQueries(shop.categoryQueries, reads) };
}

describe('categories', () => {
  it('stand in a tree that all processes share for a moment', async () => {
    const { name } = (await givenCategory(shop, aCategory({ name: 'Cups' }))).state;
    const [one, other] = [aProcess(), aProcess()];
    const tree = await one.categories.tree();
    expect(tree.map((node) => node.name)).toEqual([name]);
    await givenCategory(shop, aCategory({ name: 'Plates' }));
    shop.clock.advance(STALEST_READ_MILLISECONDS / 1_000);
    expect(await other.categories.tree()).toEqual(tree);
    expect(other.reads.counts).toEqual({ recent: 0, shared: 1, loaded: 0 });
  });

  it('are listed, shown and described as they stand, while the tree is remembered', async () => {
    const { categories, reads } = aProcess();
    expect(await categories.tree()).toEqual([]);
    expect((await categories.find('cups'))._unsafeUnwrapErr().code).toBe(
      'catalog.category_not_found',
    );
    const category = aCategory({ name: 'Cups', slug: 'cups' });
    const { id } = (await givenCategory(shop, category)).state;
    expect(await categories.tree()).toEqual([]);
    expect((await categories.list({ parent: null }, FIRST)).items.map((it) => it.name)).toEqual([
      'Cups',
    ]);
    expect((await categories.list({ parent: 'cups' }, FIRST)).items).toEqual([]);
    expect((await categories.find('cups'))._unsafeUnwrap()).toMatchObject({ id, children: [] });
    expect((await categories.attributes('cups'))._unsafeUnwrap().definitions).toEqual([]);
    expect((await categories.attributes('plates'))._unsafeUnwrapErr().code).toBe(
      'catalog.category_not_found',
    );
    expect(reads.counts).toEqual({ recent: 1, shared: 0, loaded: 1 });
  });
});
