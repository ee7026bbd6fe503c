import { beforeEach, describe, expect, it } from 'vitest';

import type { Currency } from '@kastoma/domain/core';

import { CachedReads, STALEST_READ_MILLISECONDS } from '../core/cached-reads.ts';
import { aCategory } from '../testing/builders/category.builder.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { FakeCache } from '../testing/ports/fake-cache.ts';
import { RecordedPause } from '../testing/ports/recorded-pause.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCategory, givenProduct } from '../testing/stocked-shop.ts';
import { ForgetCachedViews } from './acl/forget-cached-views.errand.ts';
import { CachedCategoryQueries } from './cached-category-queries.ts';
import { CachedProductQueries, PRODUCT_VIEWS_SHAPE } from './cached-product-queries.ts';
import { ChangeProduct } from './change-product.use-case.ts';
import type { ProductFilter } from './product-queries.port.ts';

let shop: ReturnType<typeof inMemoryShop>;
let cache: FakeCache;

beforeEach(() => {
  shop = inMemoryShop();
  cache = new FakeCache();
});

const FIRST = { page: 1, pageSize: 20 };
const EVERY: ProductFilter = {
  audience: 'shoppers',
  search: null,
  category: null,
  categoryTree: null,
  minimumPrice: null,
  maximumPrice: null,
  inStock: null,
  ordering: 'name',
};

function aProcess() {
  const { clock } = shop;
  const reads = new CachedReads({ cache, clock, pause: new RecordedPause() });
  return {
    reads,
    products: new CachedProductQueries(shop.productQueries, reads),
    categories: new CachedCategoryQueries(shop.categoryQueries, reads),
  };
}

const rename = (idOrSlug: string, name: string) =>
  new ChangeProduct({ unitOfWork: shop.catalog, ids: shop.ids, clock: shop.clock }).execute(
    { idOrSlug, changes: { name }, expectedVersion: null },
    SHOP,
  );
const untilForgotten = () => {
  shop.clock.advance(STALEST_READ_MILLISECONDS / 1_000);
};

/** Everything that a product can have, twice related. */
async function aFullProduct(wiring: ShopPorts = shop) {
  const { id: categoryId } = (await givenCategory(wiring, aCategory({ name: 'Cups' }))).state;
  const { state } = await givenProduct(
    wiring,
    {
      name: 'Mug',
      categoryId,
      tags: ['gift'],
      attributes: { $money: ['1', 'USD'], nested: { size: [1, 2.5, null] } },
      seo: { title: 'A mug', description: null },
      images: [{ url: 'https://media.example/mug.webp', alt: 'A mug' }],
      variants: [{ price: '19.99', compareAtPrice: '24.99', minimumPrice: '15.00', cost: '9.00' }],
    },
    3,
  );
  return state;
}

describe('products for shoppers', () => {
  it('are the same from the cache as from the database, with money that is money', async () => {
    const { id, slug } = await aFullProduct();
    const [one, other] = [aProcess(), aProcess()];
    for (const name of [id, slug]) {
      const fresh = await shop.productQueries.find(name, 'shoppers');
      expect(await one.products.find(name, 'shoppers')).toEqual(fresh);
      expect(await other.products.find(name, 'shoppers')).toEqual(fresh);
    }
    const fresh = await shop.productQueries.list(EVERY, FIRST);
    expect(await one.products.list(EVERY, FIRST)).toEqual(fresh);
    expect(await other.products.list(EVERY, FIRST)).toEqual(fresh);
    expect(other.reads.counts).toEqual({ recent: 0, shared: 3, loaded: 0 });
    expect((await other.products.list(EVERY, FIRST)).items[0]?.price).toEqual(dollars('19.99'));
  });

  it('are known by their slug to the letter, and priced in the currency that was asked for', async () => {
    const { slug } = await aFullProduct();
    const { products } = aProcess();
    expect((await products.find(slug, 'shoppers')).isOk()).toBe(true);
    expect((await products.find(slug.toUpperCase(), 'shoppers')).isErr()).toBe(true);
    const inEuro = (await products.find(slug, 'shoppers', 'EUR' as Currency))._unsafeUnwrap();
    expect(inEuro.price).toBeNull();
    const filtered = (changes: Partial<ProductFilter>) =>
      products.list({ ...EVERY, ...changes }, FIRST);
    expect((await filtered({})).count).toBe(1);
    expect((await filtered({ minimumPrice: 2_000n })).count).toBe(0);
    expect((await filtered({ maximumPrice: 2_000n })).count).toBe(1);
    expect((await filtered({ inStock: false })).count).toBe(0);
    expect((await products.list(EVERY, { page: 2, pageSize: 20 })).items).toEqual([]);
  });

  it('are never what staff see, and staff see what stands', async () => {
    const { id, slug } = await aFullProduct();
    const { products, reads } = aProcess();
    expect((await products.find(slug, 'staff'))._unsafeUnwrap().variants[0]?.cost).toEqual(
      dollars('9.00'),
    );
    expect((await products.find(slug, 'shoppers'))._unsafeUnwrap().variants[0]?.cost).toBeNull();
    await products.list(EVERY, FIRST);
    await products.related(id, 'shoppers', FIRST);
    expect((await rename(slug, 'Cup')).isOk()).toBe(true);
    expect((await products.find(slug, 'staff'))._unsafeUnwrap().name).toBe('Cup');
    expect((await products.list({ ...EVERY, audience: 'staff' }, FIRST)).items[0]?.name).toBe(
      'Cup',
    );
    expect((await products.find(slug, 'shoppers'))._unsafeUnwrap().name).toBe('Mug');
    expect(reads.counts).toEqual({ recent: 1, shared: 0, loaded: 3 });
  });

  it('that are not there are not there for a moment alone', async () => {
    const { products } = aProcess();
    expect((await products.find('soon', 'shoppers')).isErr()).toBe(true);
    await givenProduct(shop, { slug: 'soon' });
    expect((await products.find('soon', 'shoppers')).isErr()).toBe(true);
    untilForgotten();
    expect((await products.find('soon', 'shoppers')).isOk()).toBe(true);
  });

  it('that were searched for or stand on late pages are remembered by this process alone', async () => {
    await aFullProduct();
    const [one, other] = [aProcess(), aProcess()];
    for (const { products } of [one, other]) {
      await products.list({ ...EVERY, search: 'mug' }, FIRST);
      await products.list(EVERY, { page: 11, pageSize: 20 });
      await products.list(EVERY, { page: 11, pageSize: 20 });
    }
    expect(other.reads.counts).toEqual({ recent: 1, shared: 0, loaded: 2 });
  });

  it('that are read on and on are shared where a list begins, and not for staff or a search', async () => {
    await aFullProduct();
    await givenProduct(shop, { name: 'Saucer' });
    const [one, other] = [aProcess(), aProcess()];
    const begin = { after: null, pageSize: 1 };
    const first = await one.products.feed(EVERY, begin);
    expect(first).toEqual(await shop.productQueries.feed(EVERY, begin));
    expect(first.items.map(({ name }) => name)).toEqual(['Mug']);
    expect(await other.products.feed(EVERY, begin)).toEqual(first);
    expect(other.reads.counts).toEqual({ recent: 0, shared: 1, loaded: 0 });
    const further = { ...begin, after: first.next };
    for (const { products } of [one, other]) {
      expect((await products.feed(EVERY, further)).items[0]?.name).toBe('Saucer');
      expect((await products.feed({ ...EVERY, search: 'mug' }, begin)).items).toHaveLength(1);
    }
    expect(other.reads.counts).toEqual({ recent: 0, shared: 1, loaded: 2 });
    await other.products.feed({ ...EVERY, audience: 'staff' }, begin);
    expect(other.reads.counts).toEqual({ recent: 0, shared: 1, loaded: 2 });
  });
});

describe('what was cached is forgotten', () => {
  it('with the products, categories and lists that an event tells of', async () => {
    const { id, slug, categoryId } = await aFullProduct();
    const related = await givenProduct(shop, { name: 'Saucer' });
    const { products, categories, reads } = aProcess();
    const readAll = async () => {
      untilForgotten();
      const before = reads.counts.loaded;
      expect((await products.find(slug, 'shoppers')).isOk()).toBe(true);
      await products.list(EVERY, FIRST);
      await categories.tree();
      return reads.counts.loaded - before;
    };
    const errand = new ForgetCachedViews(cache, { productOf: async () => id });
    const told = async (type: string, payload: object) => {
      const event = { type, payload } as unknown as Parameters<typeof errand.handle>[0];
      expect((await errand.handle(event)).isOk()).toBe(true);
      return readAll();
    };
    expect([await readAll(), await readAll()]).toEqual([3, 0]);
    const product = { productId: id, slug };
    const other = { productId: related.state.id, slug: related.state.slug };
    expect(await told('catalog.product_changed', product)).toBe(3);
    expect(await told('catalog.product_changed', other)).toBe(2);
    expect(await told('catalog.product_published', other)).toBe(3);
    expect(await told('catalog.price_changed', product)).toBe(2);
    expect(await told('catalog.review_approved', product)).toBe(2);
    expect(await told('catalog.category_moved', { categoryId })).toBe(3);
    expect(await told('catalog.import_finished', {})).toBe(2);
    const flip = { variantId: 'v', inStockChanged: true };
    expect(await told('inventory.stock_changed', { ...flip, inStockChanged: false })).toBe(0);
    expect(await told('inventory.stock_changed', flip)).toBe(2);
    // What is told of stock reaches the lists a moment later.
    expect(await readAll()).toBe(2);
  });
});

describe('what is kept', () => {
  it('has the shape that its number stands for: with another one, raise PRODUCT_VIEWS_SHAPE', async () => {
    const { slug } = await aFullProduct();
    const view = (await shop.productQueries.find(slug, 'shoppers'))._unsafeUnwrap();
    const page = await shop.productQueries.list(EVERY, FIRST);
    const fields = (one: object | undefined) =>
      Object.keys(one ?? {})
        .toSorted()
        .join(' ');
    expect({
      number: PRODUCT_VIEWS_SHAPE,
      product: fields(view),
      variant: fields(view.variants[0]),
      image: fields(view.images[0]),
      page: fields(page),
    }).toMatchInlineSnapshot(`
      {
        "image": "alt height id renditions url width",
        "number": 1,
        "page": "count countIsExact facets items",
        "product": "attributes category compareAtPrice createdAt description id images inStock name options price primaryImage publishedAt rating related seo sku slug status tags updatedAt variants version",
        "variant": "attributes barcode compareAtPrice cost dimensions id inStock minimumPrice name options price prices sku taxClass weightGrams",
      }
    `);
  });
});
