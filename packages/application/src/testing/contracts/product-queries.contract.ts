import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { CategoryId, Currency } from '@kastoma/domain/core';

import {
  PRODUCT_ORDERINGS,
  type ProductFilter,
  type ProductOrdering,
} from '../../catalog/product-queries.port.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { aCategory } from '../builders/category.builder.ts';
import { dollars, money } from '../builders/money.builder.ts';
import { aProduct, type ProductWishes } from '../builders/product.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCategory, givenProduct } from '../stocked-shop.ts';
import { tellCatalog } from '../told-catalog.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const EUR = 'EUR' as Currency;

export function productQueriesContract(open: OpenShop): void {
  describe('queries on products', () => {
    const shop = shopOfSuite(open);
    const everything: ProductFilter = {
      audience: 'staff',
      search: null,
      category: null,
      categoryTree: null,
      minimumPrice: null,
      maximumPrice: null,
      inStock: null,
      ordering: 'name',
    };
    const aShelf = async () => (await givenCategory(shop())).state.id;
    /** The names that a filter leaves of a shelf. */
    const namesOn = async (shelf: CategoryId, filter: Partial<ProductFilter> = {}) => {
      const list = await shop().productQueries.list(
        { ...everything, category: shelf, ...filter },
        { page: 1, pageSize: 100 },
      );
      expect(list.count).toBe(list.items.length);
      return list.items.map(({ name }) => name);
    };
    const put = (shelf: CategoryId, wishes: ProductWishes, units = 0) =>
      givenProduct(shop(), { categoryId: shelf, ...wishes }, units);

    it('show a product by its cheapest variant, and its first picture', async () => {
      const shelf = await aShelf();
      const product = await put(shelf, {
        tags: ['sale', 'new'],
        images: [
          { url: '/media/front.svg', alt: 'Front' },
          { url: '/media/back.svg', alt: 'Back' },
        ],
        variants: [
          { price: '30.00', sku: 'DEAR' },
          { price: '10.00', sku: 'CHEAP', compareAtPrice: '15.00' },
          { price: '10.00', sku: 'CHEAP-TOO' },
        ],
      });
      const [listing] = (
        await shop().productQueries.list(
          { ...everything, category: shelf },
          { page: 1, pageSize: 10 },
        )
      ).items;
      expect(listing).toMatchObject({
        id: product.state.id,
        slug: product.state.slug,
        status: 'published',
        tags: ['new', 'sale'],
        price: dollars('10.00'),
        compareAtPrice: dollars('15.00'),
        sku: 'CHEAP',
        inStock: false,
        primaryImage: { url: '/media/front.svg', alt: 'Front', width: null, renditions: [] },
      });
      expect(listing?.category?.id).toBe(shelf);
    });

    it('show a product without category and picture as such', async () => {
      const { id } = (await givenProduct(shop())).state;
      const found = (await shop().productQueries.find(id, 'shoppers'))._unsafeUnwrap();
      expect(found).toMatchObject({ category: null, tags: [], primaryImage: null, images: [] });
      expect(found.variants).toMatchObject([
        {
          name: null,
          compareAtPrice: null,
          minimumPrice: null,
          weightGrams: null,
          taxClass: 'standard',
        },
      ]);
    });

    it('find a product by its slug, and by its id in either case', async () => {
      const { id, slug } = (await givenProduct(shop())).state;
      for (const name of [id, id.toUpperCase(), slug]) {
        expect((await shop().productQueries.find(name, 'shoppers'))._unsafeUnwrap().id).toBe(id);
      }
    });

    it('find nothing under a name that nobody has, whatever is in it', async () => {
      for (const name of [builderIds.next(), 'nothing', '%', "'; drop table products; --", '']) {
        expect(await shop().productQueries.find(name, 'staff')).toEqual(
          err({ code: 'catalog.product_not_found' }),
        );
      }
    });

    it('hide from shoppers what is not published, in the list and by name', async () => {
      const shelf = await aShelf();
      for (const status of ['draft', 'published', 'archived'] as const)
        await put(shelf, { name: status, slug: `the-${status}-one`, status });
      expect(await namesOn(shelf, { audience: 'shoppers' })).toEqual(['published']);
      expect(await namesOn(shelf)).toEqual(['archived', 'draft', 'published']);
      const found = (slug: string, audience: ProductFilter['audience']) =>
        shop().productQueries.find(slug, audience);
      expect((await found('the-draft-one', 'shoppers')).isErr()).toBe(true);
      expect((await found('the-archived-one', 'shoppers')).isErr()).toBe(true);
      expect((await found('the-draft-one', 'staff')).isOk()).toBe(true);
    });

    it('tell staff how far promotions may go, and nobody else', async () => {
      const variants = [{ price: '30.00', minimumPrice: '20.00' }, { price: '40.00' }];
      const { id } = (await givenProduct(shop(), { variants })).state;
      const minima = async (audience: ProductFilter['audience']) =>
        (await shop().productQueries.find(id, audience))
          ._unsafeUnwrap()
          .variants.map(({ minimumPrice }) => minimumPrice);
      expect(await minima('staff')).toEqual([dollars('20.00'), null]);
      expect(await minima('shoppers')).toEqual([null, null]);
    });

    it('leave out what has no price in the currency of the store', async () => {
      const shelf = await aShelf();
      const foreign = await put(shelf, { currency: 'EUR' });
      await put(shelf, { name: 'local' });
      expect(await namesOn(shelf)).toEqual(['local']);
      const found = await shop().productQueries.find(foreign.state.id, 'shoppers');
      expect(found._unsafeUnwrap()).toMatchObject({ price: null, variants: [{ price: null }] });
    });

    it('show prices in another currency, and what is not sold in it as such', async () => {
      const shelf = await aShelf();
      const inEuro = (price: string, minimum: string) => ({
        price: money(price, 'EUR'),
        minimumPrice: money(minimum, 'EUR'),
      });
      const product = await put(shelf, {
        name: 'both',
        variants: [
          { sku: 'EU-1', price: '10.00', prices: [inEuro('30.00', '20.00')] },
          { sku: 'EU-2', price: '20.00', prices: [inEuro('9.00', '8.00')] },
          { sku: 'US-1', price: '5.00' },
        ],
      });
      await put(shelf, { name: 'dollars alone' });
      expect(await namesOn(shelf, { currency: EUR })).toEqual(['both']);
      expect(await namesOn(shelf, { currency: EUR, minimumPrice: 901n })).toEqual([]);
      const find = async (audience: ProductFilter['audience'], currency?: Currency) =>
        (await shop().productQueries.find(product.state.id, audience, currency))._unsafeUnwrap();
      expect(await find('staff', EUR)).toMatchObject({
        price: money('9.00', 'EUR'),
        sku: 'EU-2',
        variants: [
          { price: money('30.00', 'EUR'), minimumPrice: money('20.00', 'EUR') },
          { price: money('9.00', 'EUR') },
          { price: null, minimumPrice: null },
        ],
      });
      expect(await find('shoppers')).toMatchObject({
        price: dollars('5.00'),
        variants: [{ prices: [{ price: money('30.00', 'EUR'), minimumPrice: null }] }, {}, {}],
      });
    });

    it('tell staff what a unit costs the merchant, and nobody else', async () => {
      const { id } = (await givenProduct(shop(), { variants: [{ cost: '4.20' }] })).state;
      const costs = async (audience: ProductFilter['audience']) =>
        (await shop().productQueries.find(id, audience))
          ._unsafeUnwrap()
          .variants.map(({ cost }) => cost);
      expect(await costs('staff')).toEqual([dollars('4.20')]);
      expect(await costs('shoppers')).toEqual([null]);
    });

    it('filter by the id or the slug of a category, and by no other', async () => {
      const { id, slug } = (await givenCategory(shop())).state;
      const below = await givenCategory(shop(), aCategory({ parentId: id }));
      await put(id, { name: 'here' });
      await put(below.state.id, { name: 'below' });
      for (const category of [id, id.toUpperCase(), slug])
        expect(await namesOn(id, { category })).toEqual(['here']);
      for (const category of ['no-such-slug', builderIds.next<CategoryId>(), "' or true --"])
        expect(await namesOn(id, { category })).toEqual([]);
    });

    it('filter by the tree of a category: its own products and those of all below it', async () => {
      const root = (await givenCategory(shop())).state;
      const middle = (await givenCategory(shop(), aCategory({ parentId: root.id }))).state;
      const leaf = (await givenCategory(shop(), aCategory({ parentId: middle.id }))).state;
      await put(root.id, { name: 'root' });
      await put(leaf.id, { name: 'leaf' });
      for (const categoryTree of [root.id, root.id.toUpperCase(), root.slug]) {
        expect(await namesOn(root.id, { category: null, categoryTree })).toEqual(['leaf', 'root']);
      }
      expect(await namesOn(root.id, { category: null, categoryTree: middle.slug })).toEqual([
        'leaf',
      ]);
      expect(await namesOn(root.id, { category: root.slug, categoryTree: middle.slug })).toEqual(
        [],
      );
      for (const categoryTree of ['no-such-slug', builderIds.next<CategoryId>(), "' or true --"])
        expect(await namesOn(root.id, { category: null, categoryTree })).toEqual([]);
    });

    it('filter by the price shown, bounds included', async () => {
      const shelf = await aShelf();
      for (const price of ['9.99', '10.00', '20.00', '20.01'])
        await put(shelf, { name: price, variants: [{ price: '90.00' }, { price }] });
      expect(await namesOn(shelf, { minimumPrice: 1000n, maximumPrice: 2000n })).toEqual([
        '10.00',
        '20.00',
      ]);
      expect(await namesOn(shelf, { minimumPrice: 2001n })).toEqual(['20.01']);
      expect(await namesOn(shelf, { maximumPrice: 999n })).toEqual(['9.99']);
      expect(await namesOn(shelf, { minimumPrice: 3000n, maximumPrice: 10n })).toEqual([]);
      expect(await namesOn(shelf, { minimumPrice: 2n ** 63n - 1n })).toEqual([]);
    });

    it('filter by whether a unit of any variant can be had', async () => {
      const shelf = await aShelf();
      await put(shelf, { name: 'none' }, 0);
      await put(shelf, { name: 'some' }, 1);
      const { variants } = (await put(shelf, { name: 'promised' }, 2)).state;
      const cause = { reference: 'x', actor: 'system', reason: '', at: BUILT_AT as never };
      const reserved = await shop().inventory.run(SHOP, ({ ledger }) =>
        ledger.reserve([{ variantId: variants[0].id, quantity: 2 }], cause),
      );
      expect(reserved.isOk()).toBe(true);
      await tellCatalog(shop());
      expect(await namesOn(shelf, { inStock: true })).toEqual(['some']);
      expect(await namesOn(shelf, { inStock: false })).toEqual(['none', 'promised']);
      const [listing] = (
        await shop().productQueries.list(
          { ...everything, category: shelf, search: 'some' },
          { page: 1, pageSize: 1 },
        )
      ).items;
      expect(listing?.inStock).toBe(true);
    });

    it.each<[ProductOrdering, string]>([
      ['name', 'a b c d e'],
      ['-name', 'e d c b a'],
      ['price', 'c b d a e'],
      ['-price', 'e a d b c'],
      ['created_at', 'e a c b d'],
      ['-created_at', 'd b c a e'],
    ])('order by %s, and ties by id', async (ordering, expected) => {
      const shelf = await aShelf();
      const products: readonly [name: string, price: string, minute: number][] = [
        ['a', '30.00', 1],
        ['c', '10.00', 1],
        ['b', '20.00', 3],
        ['e', '30.00', 0],
        ['d', '20.00', 4],
      ];
      for (const [name, price, minute] of products)
        await put(shelf, { name, variants: [{ price }], at: BUILT_AT + minute * 60_000 });
      expect((await namesOn(shelf, { ordering })).join(' ')).toBe(expected);
    });

    it.each(PRODUCT_ORDERINGS)('by %s put each product on one page', async (ordering) => {
      const shelf = await aShelf();
      for (let index = 0; index < 7; index += 1) await put(shelf, { name: 'the same' });
      const pages = await Promise.all(
        [1, 2, 3, 4].map((page) =>
          shop().productQueries.list(
            { ...everything, category: shelf, ordering },
            { page, pageSize: 3 },
          ),
        ),
      );
      expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 1, 0]);
      expect(pages.map(({ count, countIsExact }) => [count, countIsExact])).toEqual(
        pages.map(() => [7, true]),
      );
      const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
      expect(new Set(ids).size).toBe(7);
    });

    it('show the work what it stored itself, and nothing of work that failed', async () => {
      const product = aProduct();
      const run = await shop().catalog.run(SHOP, ({ products, productQueries }) =>
        products
          .add(product)
          .andThen(() => productQueries.find(product.state.id, 'staff'))
          .andThen((view) => err({ code: 'test.refused', view })),
      );
      expect(run._unsafeUnwrapErr()).toMatchObject({ view: { id: product.state.id } });
      expect((await shop().productQueries.find(product.state.id, 'staff')).isErr()).toBe(true);
    });
  });
}
