import { err, ok, ResultAsync, type Result } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import { Category, parseAttributeDefinitions } from '@kastoma/domain/catalog';
import type { CategoryId, Instant } from '@kastoma/domain/core';

import { builderIds } from '../builders/builder-ids.ts';
import { aCategory } from '../builders/category.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCategory, givenProduct } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const LATER = 1_800_000_000_000 as Instant;

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
          position: 0,
          productCount: 0,
          treeProductCount: 0,
          version: 1,
          breadcrumbs: [{ id: parent.state.id, slug: parent.state.slug, name: parent.state.name }],
          children: [],
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

    it('keeps what was changed, under a new version, and tells of it', async () => {
      const [root, other] = [await givenCategory(shop()), await givenCategory(shop())];
      const { state } = await givenCategory(shop(), aCategory({ parentId: root.state.id }));
      const changes = { name: 'Lights', slug: 'lights', description: 'All', position: 3 };
      const drafts = [{ name: 'power', type: 'number', unit: 'W', filterable: true }] as const;
      const saved = change(state.id, (category) =>
        category
          .revise(changes, LATER)
          .andThen((revised) => revised.moveBelow([other.state.id], 1, LATER))
          .andThen((moved) => moved.defineAttributes(drafts, LATER)),
      );
      expect(await saved).toEqual(ok());
      const [definition] = parseAttributeDefinitions(drafts)._unsafeUnwrap();
      const read = await shop().catalog.run(SHOP, ({ categories }) => categories.find('lights'));
      expect(read).toEqual(
        ok(
          Category.restore(
            {
              ...state,
              ...changes,
              parentId: other.state.id,
              attributeDefinitions: [definition],
            } as never,
            4,
          ),
        ),
      );
      expect((await shop().eventsOf(state.id)).map(({ type }) => type)).toEqual([
        'catalog.category_created',
        'catalog.category_revised',
        'catalog.category_moved',
        'catalog.category_attributes_defined',
      ]);
    });

    it('finds a category by its slug, and by its id in either case', async () => {
      const { id, slug } = (await givenCategory(shop())).state;
      for (const name of [id, id.toUpperCase(), slug]) {
        const found = await shop().catalog.run(SHOP, ({ categories }) => categories.find(name));
        expect(found._unsafeUnwrap().state.id).toBe(id);
      }
      expect(await shop().catalog.run(SHOP, ({ categories }) => categories.find('nobody'))).toEqual(
        unknown,
      );
    });

    it('refuses to change a category to a slug that another one has', async () => {
      const { slug } = (await givenCategory(shop())).state;
      const { id } = (await givenCategory(shop())).state;
      const renamed = change(id, (category) => category.revise({ slug }, LATER));
      expect(await renamed).toEqual(err({ code: 'catalog.slug_taken', slug }));
      expect(await shop().eventsOf(id)).toHaveLength(1);
    });

    it('lets one of eight change to a slug that all of them want at once', async () => {
      const ids = await times(8, async () => (await givenCategory(shop())).state.id);
      const runs = await Promise.all(
        ids.map((id) => change(id, (category) => category.revise({ slug: 'changed-to' }, LATER))),
      );
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    });

    it('does not overwrite a version that its caller has not seen', async () => {
      const { state, version } = await givenCategory(shop());
      const stale = Category.restore(state, version + 1).revise({ name: 'Stale' }, LATER);
      const run = shop().catalog.run(SHOP, ({ categories }) =>
        categories.save(stale._unsafeUnwrap()),
      );
      expect(await run).toEqual(err({ code: 'core.concurrent_update' }));
      expect((await shop().categoryQueries.find(state.id))._unsafeUnwrap().name).toBe(state.name);
    });

    it('knows the way down to a category and the levels below it, also after a move', async () => {
      const a = (await givenCategory(shop())).state.id;
      const b = (await givenCategory(shop(), aCategory({ parentId: a }))).state.id;
      const c = (await givenCategory(shop(), aCategory({ parentId: b }))).state.id;
      const d = (await givenCategory(shop())).state.id;
      const standing = () =>
        shop().catalog.run(SHOP, ({ categories }) =>
          ResultAsync.combine([categories.placeOf(c), categories.levelsOf(b)]),
        );
      expect(await standing()).toEqual(ok([[a, b, c], 2]));
      expect(await change(b, (category) => category.moveBelow([d], 2, LATER))).toEqual(ok());
      expect(await standing()).toEqual(ok([[d, b, c], 2]));
      const placeOfNobody = shop().catalog.run(SHOP, ({ categories }) =>
        categories.placeOf(builderIds.next<CategoryId>()),
      );
      expect(await placeOfNobody).toEqual(unknown);
    });

    it('says what stands in a category: categories, products of any status, nothing', async () => {
      const requireEmpty = (id: CategoryId) =>
        shop().catalog.run(SHOP, ({ categories }) => categories.requireEmpty(id));
      const { id } = (await givenCategory(shop())).state;
      expect(await requireEmpty(id)).toEqual(ok());
      await givenProduct(shop(), { categoryId: id, status: 'draft' });
      expect(await requireEmpty(id)).toEqual(
        err({ code: 'catalog.category_in_use', by: 'products' }),
      );
      await givenCategory(shop(), aCategory({ parentId: id }));
      expect(await requireEmpty(id)).toEqual(
        err({ code: 'catalog.category_in_use', by: 'categories' }),
      );
    });

    it('forgets a deleted category, whose slug is free again, and which weighs on nobody', async () => {
      const { id: parentId } = (await givenCategory(shop())).state;
      const { id, slug } = (await givenCategory(shop(), aCategory({ parentId }))).state;
      const before = await count();
      expect(await change(id, (category) => category.delete(LATER))).toEqual(ok());
      expect(await vouchFor(id)).toEqual(unknown);
      expect((await shop().categoryQueries.find(id)).isErr()).toBe(true);
      expect((await shop().categoryQueries.tree()).some((node) => node.id === id)).toBe(false);
      expect(await count()).toBe(before - 1);
      const left = await shop().catalog.run(SHOP, ({ categories }) =>
        ResultAsync.combine([categories.requireEmpty(parentId), categories.levelsOf(parentId)]),
      );
      expect(left).toEqual(ok([undefined, 1]));
      expect((await add(aCategory({ slug }))).isOk()).toBe(true);
    });

    it('tells which definitions hold for the products of a category', async () => {
      const { id: parentId } = (await givenCategory(shop())).state;
      const { id } = (await givenCategory(shop(), aCategory({ parentId }))).state;
      const drafts = [{ name: 'power', type: 'number' }] as const;
      const defined = change(parentId, (category) => category.defineAttributes(drafts, LATER));
      expect(await defined).toEqual(ok());
      const held = (category: CategoryId) =>
        shop().catalog.run(SHOP, ({ categories }) => categories.definitionsFor(category));
      expect(await held(id)).toEqual(parseAttributeDefinitions(drafts));
      expect(await held(builderIds.next<CategoryId>())).toEqual(unknown);
    });

    async function change<E>(
      id: CategoryId,
      to: (category: Category) => Result<Category, E>,
    ): Promise<Result<void, unknown>> {
      return shop().catalog.run(SHOP, ({ categories }) =>
        categories
          .find(id)
          .andThen((category) => to(category))
          .andThen((category) => categories.save(category)),
      );
    }

    async function count(): Promise<number> {
      const counted = shop().catalog.run(SHOP, ({ categories }) => categories.count());
      return (await counted)._unsafeUnwrap();
    }
  });
}
