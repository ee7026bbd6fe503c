import { err } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Product } from '@kastoma/domain/catalog';

import { viewImage } from '../../catalog/image-view.ts';
import { aProduct } from '../builders/product.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCategory, givenProduct } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

export function productRepositoryContract(open: OpenShop): void {
  describe('a product repository', () => {
    const shop = shopOfSuite(open);
    const add = (product: Product) =>
      shop().catalog.run(SHOP, ({ products }) => products.add(product));
    const isStored = async (product: Product) =>
      (await shop().productQueries.find(product.state.id, 'staff')).isOk();

    it('stores a product with all that belongs to it, and tells of it', async () => {
      const category = await givenCategory(shop());
      const product = await givenProduct(shop(), {
        name: 'Läufer „Oslo”',
        description: 'Wool.\nTwo sizes.',
        categoryId: category.state.id,
        attributes: { material: 'wool', care: { wash: 30, dry: false }, tags: ['a', null, 1.5] },
        tags: ['Wool', 'new in', 'wool ', 'Été'],
        status: 'draft',
        images: [
          { url: '/media/oslo.svg', alt: 'A runner' },
          { url: 'https://cdn.example/2.png', alt: '' },
        ],
        variants: [
          { name: 'Small', price: '80.00', compareAtPrice: '100.00', weightGrams: 2_400 },
          { name: 'Medium', price: '90.00', minimumPrice: '75.50' },
          { name: 'Free', price: '0.00', minimumPrice: '0.00' },
          { name: 'Large', price: '9999999999.99', attributes: { size: 'L' }, taxClass: 'reduced' },
        ],
      });
      const { state, version } = product;
      const found = (await shop().productQueries.find(state.id, 'staff'))._unsafeUnwrap();
      expect(found).toMatchObject({
        id: state.id,
        slug: state.slug,
        name: state.name,
        description: state.description,
        status: 'draft',
        attributes: state.attributes,
        tags: ['new in', 'wool', 'été'],
        images: state.images.map((image) => viewImage(image)),
        version,
        createdAt: state.createdAt,
        updatedAt: state.updatedAt,
        category: { id: category.state.id, slug: category.state.slug, name: category.state.name },
      });
      expect(found.variants).toEqual(
        state.variants.map((variant) => ({ ...variant, inStock: false })),
      );
      const events = await shop().eventsOf(state.id);
      expect(events).toEqual([{ ...product.pending[0], correlationId: 'test', actor: 'system' }]);
    });

    it('refuses a slug that another product has, and stores nothing', async () => {
      const { slug } = (await givenProduct(shop())).state;
      const second = aProduct({ slug });
      expect(await add(second)).toEqual(err({ code: 'catalog.slug_taken', slug }));
      expect(await isStored(second)).toBe(false);
      expect(await shop().eventsOf(second.state.id)).toEqual([]);
    });

    it('goes on after a slug that was taken: the same work may store the product under another one', async () => {
      const { slug } = (await givenProduct(shop())).state;
      const second = aProduct({ slug });
      const run = await shop().catalog.run(SHOP, ({ products }) =>
        products.add(second).orElse(() => products.add(second.withUniqueSlug())),
      );
      expect(run.isOk()).toBe(true);
      const found = await shop().productQueries.find(second.state.id, 'staff');
      expect(found._unsafeUnwrap().slug).toBe(second.withUniqueSlug().state.slug);
      expect(await shop().eventsOf(second.state.id)).toHaveLength(1);
    });

    it('refuses SKUs that other products have, names them, and stores nothing', async () => {
      const first = await givenProduct(shop(), { variants: [{}, {}] });
      const [a, b] = first.state.variants;
      const second = aProduct({ variants: [{}, { sku: b?.sku ?? '' }, { sku: a.sku }] });
      expect(await add(second)).toEqual(
        err({
          code: 'catalog.sku_taken',
          skus: [b?.sku, a.sku],
          path: ['variants', 1, 'sku'],
        }),
      );
      expect(await isStored(second)).toBe(false);
      expect(await shop().eventsOf(second.state.id)).toEqual([]);
    });

    it('takes SKUs that differ in case only for two', async () => {
      await givenProduct(shop(), { variants: [{ sku: 'case-1' }] });
      expect((await add(aProduct({ variants: [{ sku: 'CASE-1' }] }))).isOk()).toBe(true);
    });

    it('forgets a product whose transaction failed', async () => {
      const product = aProduct();
      const run = await shop().catalog.run(SHOP, ({ products }) =>
        products.add(product).andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run.isErr()).toBe(true);
      expect(await isStored(product)).toBe(false);
      expect((await add(product)).isOk()).toBe(true);
    });

    it('lets one of eight have a slug or a SKU that all of them want at once', async () => {
      const slugs = await times(8, () => add(aProduct({ slug: 'wanted-by-all' })));
      expect(slugs.filter((run) => run.isOk())).toHaveLength(1);
      const skus = await times(8, (index) =>
        add(
          aProduct({
            variants: index % 2 === 0 ? [{ sku: 'X' }, { sku: 'Y' }] : [{ sku: 'Y' }, { sku: 'X' }],
          }),
        ),
      );
      expect(skus.filter((run) => run.isOk())).toHaveLength(1);
      const refusals = skus.filter((run) => run.isErr()).map((run) => run._unsafeUnwrapErr().code);
      expect(new Set(refusals)).toEqual(new Set(['catalog.sku_taken']));
    });
  });
}
