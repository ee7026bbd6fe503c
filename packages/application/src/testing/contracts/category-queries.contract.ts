import { err, ok, type Result } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Category } from '@kastoma/domain/catalog';
import type { CategoryId, Instant } from '@kastoma/domain/core';

import type { CategoryTree } from '../../catalog/category-queries.port.ts';
import { builderIds } from '../builders/builder-ids.ts';
import { aCategory } from '../builders/category.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCategory, givenProduct } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const LATER = 1_800_000_000_000 as Instant;
const NOBODYS_NAMES = ['nothing', '%', "'; --", '', 'ünï-çode'];

export function categoryQueriesContract(open: OpenShop): void {
  describe('queries on categories', () => {
    const shop = shopOfSuite(open);
    const list = (page: number, pageSize: number, parent: string | null = null) =>
      shop().categoryQueries.list({ parent }, { page, pageSize });

    it('list categories by name, those of one name in a fixed order, each on one page', async () => {
      expect(await list(1, 2)).toEqual({ items: [], count: 0, countIsExact: true });
      const names = ['chairs', 'beds', 'desks', 'beds', 'armchairs'];
      for (const name of names) await givenCategory(shop(), aCategory({ name }));
      const pages = await Promise.all([1, 2, 3, 4].map((page) => list(page, 2)));
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
      for (const name of [builderIds.next<CategoryId>(), ...NOBODYS_NAMES]) {
        const notFound = err({ code: 'catalog.category_not_found' });
        expect(await shop().categoryQueries.find(name)).toEqual(notFound);
        expect(await shop().categoryQueries.attributes(name)).toEqual(notFound);
        expect((await list(1, 10, name)).items).toEqual([]);
      }
    });

    it('lead from a slug that a category had to the one that it has, and nowhere once it is deleted', async () => {
      const { id, slug } = (await givenCategory(shop())).state;
      await change(id, (category) => category.revise({ slug: 'second' }, LATER));
      await change(id, (category) => category.revise({ slug: 'third', name: 'C' }, LATER));
      const renamed = err({ code: 'catalog.category_renamed', slug: 'third' });
      for (const name of [slug, 'second']) {
        expect(await shop().categoryQueries.find(name)).toEqual(renamed);
        expect(await shop().categoryQueries.attributes(name)).toEqual(renamed);
      }
      const heir = (await givenCategory(shop(), aCategory({ slug: 'second' }))).state.id;
      expect((await shop().categoryQueries.find('second'))._unsafeUnwrap().id).toBe(heir);
      await change(heir, (category) => category.delete(LATER));
      expect((await shop().categoryQueries.find('second'))._unsafeUnwrapErr().code).toBe(
        'catalog.category_not_found',
      );
      await change(id, (category) => category.delete(LATER));
      expect((await shop().categoryQueries.find(slug))._unsafeUnwrapErr().code).toBe(
        'catalog.category_not_found',
      );
    });

    it('show the way down to a category and what stands right below it, in its order', async () => {
      const [root, middle, leaf] = await givenLine(3);
      const lastPlaced = await givenCategory(
        shop(),
        aCategory({ name: 'A', position: 1, parentId: leaf.state.id }),
      );
      const named = await Promise.all(
        ['C', 'B'].map((name) =>
          givenCategory(shop(), aCategory({ name, parentId: leaf.state.id })),
        ),
      );
      const inOrder = [named[1], named[0], lastPlaced].map((child) => child?.state.id);
      const found = (await shop().categoryQueries.find(leaf.state.id))._unsafeUnwrap();
      expect(found.breadcrumbs).toEqual(
        [root, middle].map(({ state: { id, slug, name } }) => ({ id, slug, name })),
      );
      expect(found.children.map(({ id }) => id)).toEqual(inOrder);
      const { items, count } = await list(1, 2, leaf.state.slug);
      expect([items.map(({ id }) => id), count]).toEqual([inOrder.slice(0, 2), 3]);
      expect(items).toEqual(found.children.slice(0, 2));
      expect((await shop().categoryQueries.find(root.state.id))._unsafeUnwrap()).toMatchObject({
        breadcrumbs: [],
        children: [{ id: middle.state.id }],
      });
    });

    it('count the published products of the very category, and of all below it', async () => {
      const [root, middle, leaf] = await givenLine(3);
      for (const status of ['published', 'published', 'draft', 'archived'] as const)
        await givenProduct(shop(), { categoryId: leaf.state.id, status });
      await givenProduct(shop(), { categoryId: root.state.id });
      const counted = await Promise.all(
        [root, middle, leaf].map(async ({ state }) => {
          const found = (await shop().categoryQueries.find(state.id))._unsafeUnwrap();
          return [found.productCount, found.treeProductCount];
        }),
      );
      expect(counted).toEqual([
        [1, 3],
        [0, 2],
        [2, 2],
      ]);
      const nodes = flat(await shop().categoryQueries.tree());
      const inTree = [root, middle, leaf].map(({ state }) => {
        const node = nodes.find(({ id }) => id === state.id);
        return [node?.productCount, node?.treeProductCount];
      });
      expect(inTree).toEqual(counted);
    });

    it('grow the whole tree, each category once and below its parent', async () => {
      const [root, middle, leaf] = await givenLine(3);
      const tree = await shop().categoryQueries.tree();
      const grown = tree.find(({ id }) => id === root.state.id);
      expect(grown).toMatchObject({
        parentId: null,
        children: [{ id: middle.state.id, children: [{ id: leaf.state.id, children: [] }] }],
      });
      const ids = flat(tree).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toHaveLength((await list(1, 1)).count);
    });

    it('tell what a category says of attributes, and what holds for it', async () => {
      const [root, middle, leaf] = await givenLine(3);
      await define(root, { name: 'size', type: 'text' }, { name: 'origin', type: 'text' });
      await define(leaf, { name: 'size', type: 'number', unit: 'ml' });
      const told = async ({ state }: Category) =>
        (await shop().categoryQueries.attributes(state.id))._unsafeUnwrap();
      expect(await told(leaf)).toMatchObject({
        definitions: [{ name: 'size', type: 'number' }],
        inForce: [
          { name: 'size', type: 'number', unit: 'ml' },
          { name: 'origin', type: 'text' },
        ],
        version: 2,
      });
      expect(await told(middle)).toMatchObject({
        definitions: [],
        inForce: [{ name: 'size', type: 'text' }, { name: 'origin' }],
        version: 1,
      });
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

    async function define(
      { state }: Category,
      ...definitions: Parameters<Category['defineAttributes']>[0][number][]
    ): Promise<void> {
      await change(state.id, (category) => category.defineAttributes(definitions, LATER));
    }

    async function change<E>(
      id: CategoryId,
      to: (category: Category) => Result<Category, E>,
    ): Promise<void> {
      const run = shop().catalog.run(SHOP, ({ categories }) =>
        categories
          .find(id)
          .andThen((category) => to(category))
          .andThen((category) => categories.save(category)),
      );
      expect(await run).toEqual(ok());
    }

    /** Categories, each below the one before. */
    async function givenLine(length: 3): Promise<readonly [Category, Category, Category]>;
    async function givenLine(length: number): Promise<readonly Category[]> {
      const line: Category[] = [];
      while (line.length < length) {
        const parentId = line.at(-1)?.state.id;
        line.push(
          await givenCategory(shop(), aCategory(parentId === undefined ? {} : { parentId })),
        );
      }
      return line;
    }
  });
}

function flat(tree: CategoryTree): readonly CategoryTree[number][] {
  return tree.flatMap((node) => [node, ...flat(node.children)]);
}
