import { describe, expect, it } from 'vitest';

import type { CategoryId, Instant } from '@kastoma/domain/core';

import type { ProductFilter } from '../../catalog/product-queries.port.ts';
import { BUILT_AT } from '../builders/builder-ids.ts';
import { aCategory } from '../builders/category.builder.ts';
import type { ProductWishes } from '../builders/product.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCategory, givenProduct } from '../stocked-shop.ts';
import { tellCatalog } from '../told-catalog.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function productSearchContract(open: OpenShop): void {
  describe('a search for products', () => {
    const shop = shopOfSuite(open);
    const everything: ProductFilter = {
      audience: 'shoppers',
      search: null,
      category: null,
      categoryTree: null,
      minimumPrice: null,
      maximumPrice: null,
      inStock: null,
      ordering: 'name',
    };
    const aShelf = async (name?: string) =>
      (await givenCategory(shop(), aCategory(name === undefined ? {} : { name }))).state.id;
    const put = (shelf: CategoryId, wishes: ProductWishes) =>
      givenProduct(shop(), { categoryId: shelf, ...wishes });
    /** The names of what is found on a shelf. */
    const found = async (
      shelf: CategoryId,
      search: string,
      filter: Partial<ProductFilter> = {},
    ): Promise<readonly string[]> => {
      const asked = { ...everything, category: shelf, search, ...filter };
      const list = await shop().productQueries.list(asked, { page: 1, pageSize: 100 });
      expect(list.count).toBe(list.items.length);
      return list.items.map(({ name }) => name);
    };

    it('finds words of the name, in any order, in either case, with and without accents', async () => {
      const shelf = await aShelf();
      await put(shelf, { name: 'Café table' });
      await put(shelf, { name: 'Cafe chair' });
      for (const search of [
        'table café',
        'TABLE CAFÉ',
        'table cafe\u0301',
        ' \t cafe\u3000 Table ',
      ])
        expect(await found(shelf, search), search).toEqual(['Café table']);
      expect(await found(shelf, 'café')).toEqual(['Cafe chair', 'Café table']);
      expect(await found(shelf, 'café tablecloth')).toEqual([]);
    });

    it('finds the beginning of the last word, and of no other', async () => {
      const shelf = await aShelf();
      await put(shelf, { name: 'Walnut sideboard' });
      expect(await found(shelf, 'walnut side')).toEqual(['Walnut sideboard']);
      expect(await found(shelf, 'wal')).toEqual(['Walnut sideboard']);
      expect(await found(shelf, 'wal xylophone')).toEqual([]);
      expect(await found(shelf, 'board')).toEqual([]);
    });

    it('finds a SKU of any variant, with and without its hyphens', async () => {
      const shelf = await aShelf();
      await put(shelf, { name: 'Red chair', variants: [{ sku: 'RC-1' }, { sku: 'RC-200' }] });
      await put(shelf, { name: 'Green lamp', variants: [{ sku: 'GL-100' }] });
      for (const search of ['rc-200', 'RC 200', 'rc200', 'rc-20', 'chair 200'])
        expect(await found(shelf, search), search).toEqual(['Red chair']);
    });

    it('finds what the category is called, what attributes and tags say, and what is described', async () => {
      const shelf = await aShelf('Upholstery');
      await put(shelf, {
        name: 'Sofa',
        description: 'Comes with <b>feathered</b> cushions.',
        attributes: { fabric: 'Bouclé', legs: 4, washable: true, care: ['vacuum', 'steam'] },
        tags: ['clearance'],
        options: [{ name: 'Colour', values: ['Petrol'] }],
        variants: [
          { options: [{ name: 'Colour', value: 'Petrol' }], attributes: { origin: 'Portugal' } },
        ],
      });
      const texts = [
        'upholstery',
        'feathered',
        'boucle',
        'steam',
        'clearance',
        'petrol',
        'portugal',
      ];
      for (const search of texts) expect(await found(shelf, `sofa ${search}`)).toEqual(['Sofa']);
    });

    it('puts the name before the category, and the description last', async () => {
      const shelf = await aShelf('Hammocks');
      await put(shelf, { name: 'Rope', description: 'For a hanging chair.' });
      await put(shelf, { name: 'Hanging chair', description: 'A chair.' });
      await put(shelf, { name: 'Chair', attributes: { mount: 'hanging' } });
      expect(await found(shelf, 'hanging chair', { ordering: 'relevance' })).toEqual([
        'Hanging chair',
        'Chair',
        'Rope',
      ]);
      expect(await found(shelf, 'hanging chair', { ordering: '-name' })).toEqual([
        'Rope',
        'Hanging chair',
        'Chair',
      ]);
    });

    it('takes the nearest words where nothing is found as it stands', async () => {
      const shelf = await aShelf();
      await put(shelf, { name: 'Mahogany wardrobe' });
      await put(shelf, { name: 'Mahogany bookcase' });
      const texts = ['mahagony wardrobe', 'wardrobes', 'wordrobe', 'mahogany wrdrobe'];
      for (const search of texts)
        expect(await found(shelf, search), search).toEqual(['Mahogany wardrobe']);
      expect(await found(shelf, 'mahogani', { maximumPrice: 1n })).toEqual([]);
      expect(await found(shelf, 'mahogany qqqqqqqq')).toEqual([]);
    });

    it.each([
      '"',
      "'",
      "' or 1=1 --",
      '& | ! ( ) : * < -> <->',
      'table & !',
      '\\',
      '%',
      '_',
      '👍',
      '\u200b',
      '\ue000 \ue001',
      'o’',
      '½',
      "E'\\x'",
      'שלום عالم',
      '桌子',
      'x'.repeat(10_000),
      'a '.repeat(5_000),
      '!@#$%^&*()'.repeat(1_000),
    ])('is never wrong, and finds nothing by %j', async (search) => {
      const shelf = await aShelf();
      await put(shelf, { name: 'Bench' });
      expect(await found(shelf, search)).toEqual([]);
    });

    it('looks at the first ten words', async () => {
      const shelf = await aShelf();
      await put(shelf, { name: 'aa bb cc dd ee ff gg hh ii jj' });
      expect(await found(shelf, 'aa bb cc dd ee ff gg hh ii jj xylophone')).toHaveLength(1);
    });

    it('knows what was renamed at once, and a renamed category when it has been told', async () => {
      const shelf = await aShelf('Lanterns');
      const product = await put(shelf, { name: 'Storm light' });
      const renamed = shop().catalog.run(SHOP, ({ products }) =>
        products
          .find(product.state.id)
          .andThen((read) => read.change({ name: 'Oil light' }, BUILT_AT as Instant))
          .andThen((changed) => products.save(changed)),
      );
      expect((await renamed).isOk()).toBe(true);
      expect(await found(shelf, 'oil')).toEqual(['Oil light']);
      expect(await found(shelf, 'storm')).toEqual([]);
      const moved = shop().catalog.run(SHOP, ({ categories }) =>
        categories
          .find(shelf)
          .andThen((read) => read.revise({ name: 'Torches' }, BUILT_AT as Instant))
          .andThen((revised) => categories.save(revised)),
      );
      expect((await moved).isOk()).toBe(true);
      await tellCatalog(shop());
      expect(await found(shelf, 'torches')).toEqual(['Oil light']);
      expect(await found(shelf, 'lanterns')).toEqual([]);
    });

    it('finds nothing that was deleted', async () => {
      const shelf = await aShelf();
      const product = await put(shelf, { name: 'Gone' });
      const deleted = shop().catalog.run(SHOP, ({ products }) =>
        products
          .find(product.state.id)
          .andThen((read) => read.delete(BUILT_AT as Instant))
          .andThen((gone) => products.save(gone)),
      );
      expect((await deleted).isOk()).toBe(true);
      expect(await found(shelf, 'gone', { audience: 'staff' })).toEqual([]);
    });

    it('marks the words that it found, and nothing else is HTML', async () => {
      const shelf = await aShelf();
      await put(shelf, {
        name: 'Lámp <script>"x"</script> & co',
        description: 'A lamp & more <mark>fake</mark>.',
      });
      await put(shelf, { name: 'Lamp', description: 'Nothing of it.' });
      const list = (highlights: boolean) =>
        shop().productQueries.list(
          { ...everything, category: shelf, search: 'lamp' },
          { page: 1, pageSize: 10 },
          { highlights },
        );
      const { items } = await list(true);
      expect(items.map(({ highlights }) => highlights)).toEqual([
        { name: '<mark>Lamp</mark>', description: null },
        {
          name: '<mark>Lámp</mark> &lt;script&gt;&quot;x&quot;&lt;/script&gt; &amp; co',
          description: expect.stringContaining('<mark>lamp</mark>') as string,
        },
      ]);
      const [, { highlights } = { highlights: undefined }] = items;
      expect(highlights?.description?.replaceAll(/<mark>lamp<\/mark>/g, '')).not.toMatch(/[<>"']/);
      expect((await list(false)).items[0]?.highlights).toBeUndefined();
    });
  });
}
