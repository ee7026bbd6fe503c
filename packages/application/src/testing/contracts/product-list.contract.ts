import { describe, expect, it } from 'vitest';

import type { CategoryId, Currency, Instant, Tag } from '@kastoma/domain/core';

import type { FacetName } from '../../catalog/product-facets.ts';
import {
  PRODUCT_ORDERINGS,
  type ProductFilter,
  type ProductPlace,
} from '../../catalog/product-queries.port.ts';
import { BUILT_AT } from '../builders/builder-ids.ts';
import { aCategory } from '../builders/category.builder.ts';
import type { ProductWishes } from '../builders/product.builder.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCategory, givenProduct } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function productListContract(open: OpenShop): void {
  describe('a list of products', () => {
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
    const aShelf = async () => (await givenCategory(shop())).state.id;
    const put = (shelf: CategoryId, wishes: ProductWishes, units = 0) =>
      givenProduct(shop(), { categoryId: shelf, ...wishes }, units);
    const namesOn = async (shelf: CategoryId, filter: Partial<ProductFilter>) => {
      const asked = { ...everything, category: shelf, ...filter };
      const list = await shop().productQueries.list(asked, { page: 1, pageSize: 100 });
      return list.items.map(({ name }) => name);
    };

    it('is filtered by attributes of products and variants and by options, of each at least one value', async () => {
      const shelf = await aShelf();
      await put(shelf, { name: 'a', attributes: { Material: 'oak', depth: 40, foldable: true } });
      await put(shelf, {
        name: 'b',
        attributes: { material: ['oak', 'steel'], depth: 40.5 },
        options: [{ name: 'Size', values: ['S', 'M'] }],
        variants: [
          { options: [{ name: 'Size', value: 'S' }], attributes: { finish: 'raw' } },
          { options: [{ name: 'Size', value: 'M' }], attributes: { finish: 'oiled' } },
        ],
      });
      await put(shelf, { name: 'c', attributes: { depth: '40', foldable: 'true', material: {} } });
      const by = (...attributes: (readonly [name: string, ...values: string[]])[]) =>
        namesOn(shelf, { attributes: attributes.map(([name, ...values]) => ({ name, values })) });
      expect(await by(['material', 'oak'])).toEqual(['a', 'b']);
      expect(await by(['MATERIAL', 'steel'])).toEqual(['b']);
      expect(await by(['material', 'steel', 'oak'])).toEqual(['a', 'b']);
      expect(await by(['material', 'Oak'])).toEqual([]);
      expect(await by(['depth', '40'])).toEqual(['a', 'c']);
      expect(await by(['depth', '40.5'])).toEqual(['b']);
      expect(await by(['foldable', 'true'])).toEqual(['a', 'c']);
      expect(await by(['size', 'M'], ['finish', 'raw'])).toEqual(['b']);
      expect(await by(['size', 'M'], ['material', 'glass'])).toEqual([]);
      for (const name of ['', '__proto__', "'", '"', 'a.b', '$'])
        expect(await by([name, "' or true --"]), name).toEqual([]);
    });

    it('is filtered by tags, of which one is enough', async () => {
      const shelf = await aShelf();
      await put(shelf, { name: 'a', tags: ['new', 'sale'] });
      await put(shelf, { name: 'b', tags: ['gift'] });
      await put(shelf, { name: 'c' });
      const by = (...tags: string[]) => namesOn(shelf, { tags: tags as Tag[] });
      expect(await by('sale')).toEqual(['a']);
      expect(await by('sale', 'gift')).toEqual(['a', 'b']);
      expect(await by('none')).toEqual([]);
    });

    it('is filtered by when products were created, the first moment included and the last not', async () => {
      const shelf = await aShelf();
      for (const minute of [0, 1, 2])
        await put(shelf, { name: String(minute), at: BUILT_AT + minute * 60_000 });
      const at = (minute: number) => (BUILT_AT + minute * 60_000) as Instant;
      expect(await namesOn(shelf, { createdFrom: at(1) })).toEqual(['1', '2']);
      expect(await namesOn(shelf, { createdBefore: at(1) })).toEqual(['0']);
      expect(await namesOn(shelf, { createdFrom: at(1), createdBefore: at(2) })).toEqual(['1']);
    });

    it('is filtered by status for staff', async () => {
      const shelf = await aShelf();
      for (const status of ['draft', 'published', 'archived'] as const)
        await put(shelf, { name: status, status });
      expect(await namesOn(shelf, { audience: 'staff', status: 'draft' })).toEqual(['draft']);
      expect(await namesOn(shelf, { status: 'draft' })).toEqual([]);
    });

    it.each(PRODUCT_ORDERINGS)(
      'is read on in the same order as by pages: by %s',
      async (ordering) => {
        const shelf = await aShelf();
        const products = [
          ['tin', '3.00', 1],
          ['tin', '3.00', 1],
          ['pan', '2.00', 1],
          ['pot', '2.00', 0],
          ['lid', '9000000.00', 2],
          ['tin', '3.00', 2],
          ['Ärmel', '0.00', 3],
        ] as const;
        for (const [name, price, minute] of products)
          await put(shelf, {
            name,
            tags: ['kitchenware'],
            variants: [{ price }],
            at: BUILT_AT + minute * 60_000,
          });
        for (const search of [null, 'kitchenware', 'kitchnware']) {
          const asked = { ...everything, category: shelf, search, ordering };
          const whole = await shop().productQueries.list(asked, { page: 1, pageSize: 100 });
          expect(whole.items).toHaveLength(products.length);
          const ids: string[] = [];
          let after: ProductPlace | null = null;
          do {
            const part = await shop().productQueries.feed(asked, { after, pageSize: 2 });
            ids.push(...part.items.map(({ id }) => id));
            after = part.next;
          } while (after !== null);
          expect(ids).toEqual(whole.items.map(({ id }) => id));
        }
      },
    );

    it('counts what there is beyond the last page as well', async () => {
      const shelf = await aShelf();
      await put(shelf, {});
      const list = await shop().productQueries.list(
        { ...everything, category: shelf },
        { page: 1_000_000, pageSize: 100 },
      );
      expect(list).toEqual({ items: [], count: 1, countIsExact: true, facets: [] });
    });

    const facetsOn = async (
      shelf: CategoryId,
      facets: readonly FacetName[],
      filter: Partial<ProductFilter> = {},
    ) =>
      Object.fromEntries(
        (
          await shop().productQueries.list(
            { ...everything, categoryTree: shelf, ...filter },
            { page: 1, pageSize: 1 },
            { facets },
          )
        ).facets.map(({ name, values, countIsExact }) => {
          expect(countIsExact).toBe(true);
          return [name, values.map(({ query, count }) => [...Object.values(query), count])];
        }),
      );

    it('tells how many products have which value', async () => {
      const shelf = await aShelf();
      const below = (await givenCategory(shop(), aCategory({ parentId: shelf }))).state;
      const chair = { color: ['red', 'blue'], legs: 4 };
      await put(shelf, { name: 'a', attributes: chair, variants: [{ price: '9.99' }] }, 1);
      await put(shelf, { name: 'b', attributes: { color: 'red' }, variants: [{ price: '10.00' }] });
      await put(below.id, {
        name: 'c',
        attributes: { color: 'blue' },
        variants: [{ price: '19.99' }],
      });
      await put(below.id, { name: 'd', attributes: { color: 'red' } });
      const names = ['category', 'price', 'in_stock', 'rating', 'attr.Color', 'attr.none'] as const;
      const facets = await facetsOn(shelf, names);
      expect(facets).toMatchObject({
        price: [
          ['5.00', '9.99', 1],
          ['10.00', '19.99', 3],
        ],
        in_stock: [
          ['true', 1],
          ['false', 3],
        ],
        rating: [
          ['4', 0],
          ['3', 0],
          ['2', 0],
          ['1', 0],
        ],
        'attr.Color': [
          ['red', 3],
          ['blue', 2],
        ],
        'attr.none': [],
      });
      expect(facets['category']).toHaveLength(2);
      expect(facets['category']).toContainEqual([below.slug, 2]);
    });

    it('tells of a facet that somebody chose from what the others would give', async () => {
      const shelf = await aShelf();
      await put(shelf, { name: 'a', attributes: { color: 'red' } }, 1);
      await put(shelf, { name: 'b', attributes: { color: 'blue' } });
      const chosen = { attributes: [{ name: 'color', values: ['red'] }], search: null };
      expect(await facetsOn(shelf, ['attr.color', 'in_stock'], chosen)).toEqual({
        'attr.color': [
          ['blue', 1],
          ['red', 1],
        ],
        in_stock: [['true', 1]],
      });
    });

    it('has facets in the currency that was asked for, and none where nothing is sold in it', async () => {
      const shelf = await aShelf();
      await put(shelf, { name: 'a' });
      const currency = 'EUR' as Currency;
      expect(await facetsOn(shelf, ['price', 'category'], { currency })).toEqual({
        price: [],
        category: [],
      });
    });
  });
}
