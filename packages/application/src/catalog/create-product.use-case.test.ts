import { err } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { CategoryId, VariantId } from '@kastoma/domain/core';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { dollars, money } from '../testing/builders/money.builder.ts';
import { SHOP, underKey } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCategory, givenProduct } from '../testing/stocked-shop.ts';
import { CreateProduct, type CreateProductCommand } from './create-product.use-case.ts';

let shop: ShopPorts;
let createProduct: CreateProduct;

beforeEach(() => {
  shop = inMemoryShop();
  const { catalog: unitOfWork, settings, ids, clock } = shop;
  createProduct = new CreateProduct({ unitOfWork, settings, ids, clock });
});

const lamp: CreateProductCommand = {
  name: 'Desk lamp',
  description: '',
  categoryId: null,
  attributes: {},
  status: 'published',
  images: [],
  variants: [{ sku: 'LAMP-1', price: dollars('19.99'), stock: 7 }],
};

function create(wishes: Partial<CreateProductCommand> = {}, context = SHOP) {
  return createProduct.execute({ ...lamp, ...wishes }, context);
}

async function countProducts(): Promise<number> {
  const filter = {
    audience: 'staff' as const,
    search: null,
    category: null,
    categoryTree: null,
    minimumPrice: null,
    maximumPrice: null,
    inStock: null,
    ordering: 'name' as const,
  };
  return (await shop.productQueries.list(filter, { page: 1, pageSize: 10 })).count;
}

describe('creating a product', () => {
  it('shows it as stored, and tells of it', async () => {
    const category = await givenCategory(shop);
    const view = (await create({ categoryId: category.state.id }))._unsafeUnwrap();
    expect(view).toMatchObject({
      name: 'Desk lamp',
      slug: 'desk-lamp',
      status: 'published',
      price: dollars('19.99'),
      inStock: true,
      version: 1,
      createdAt: shop.clock.now(),
    });
    expect(view.category?.id).toBe(category.state.id);
    expect((await shop.productQueries.find(view.id, 'shoppers'))._unsafeUnwrap()).toEqual(view);
    expect(await shop.eventsOf(view.id)).toMatchObject([{ type: 'catalog.product_created' }]);
  });

  it('opens the stock of each variant in the same breath, zero where nothing is said', async () => {
    const view = (
      await create({
        variants: [
          { sku: 'A', price: dollars('1.00'), stock: 7 },
          { sku: 'B', price: dollars('1.00') },
        ],
      })
    )._unsafeUnwrap();
    const stocks = await Promise.all(
      view.variants.map(async ({ id }) =>
        (await shop.stockQueries.find(id as VariantId))._unsafeUnwrap(),
      ),
    );
    expect(stocks.map(({ onHand }) => onHand)).toEqual([7, 0]);
    expect(view.variants.map(({ inStock }) => inStock)).toEqual([true, false]);
  });

  it('keeps tags as they are compared, and a minimum price that staff alone are shown', async () => {
    const view = (
      await create({
        tags: ['Sale', 'new', ' sale'],
        variants: [{ sku: 'A', price: dollars('19.99'), minimumPrice: dollars('15.00') }],
      })
    )._unsafeUnwrap();
    expect(view.tags).toEqual(['new', 'sale']);
    expect(view.variants[0]?.minimumPrice).toEqual(dollars('15.00'));
    const shown = (await shop.productQueries.find(view.id, 'shoppers'))._unsafeUnwrap();
    expect(shown.tags).toEqual(['new', 'sale']);
    expect(shown.variants[0]?.minimumPrice).toBeNull();
  });

  it('makes a slug of the name that nobody else has', async () => {
    const first = (await create())._unsafeUnwrap();
    const second = (
      await create({ variants: [{ sku: 'LAMP-2', price: dollars('1.00') }] })
    )._unsafeUnwrap();
    expect(first.slug).toBe('desk-lamp');
    expect(second.slug).toMatch(/^desk-lamp-[0-9a-f]+$/);
    expect(await shop.eventsOf(second.id)).toMatchObject([{ payload: { slug: second.slug } }]);
  });

  it('does not change a slug that was asked for', async () => {
    await givenProduct(shop, { slug: 'desk-lamp' });
    expect(await create({ slug: 'desk-lamp' })).toEqual(
      err({ code: 'catalog.slug_taken', slug: 'desk-lamp' }),
    );
    expect(await countProducts()).toBe(1);
  });

  it('refuses SKUs that others have, and stores nothing', async () => {
    await givenProduct(shop, { variants: [{ sku: 'LAMP-1' }] });
    expect(await create()).toEqual(
      err({ code: 'catalog.sku_taken', skus: ['LAMP-1'], path: ['variants', 0, 'sku'] }),
    );
    expect(await countProducts()).toBe(1);
  });

  it('refuses a category that is not there', async () => {
    expect(await create({ categoryId: builderIds.next<CategoryId>() })).toEqual(
      err({ code: 'catalog.unknown_category', path: ['categoryId'] }),
    );
    expect(await countProducts()).toBe(0);
  });

  it('refuses a stock that is none, names the place, and stores nothing', async () => {
    const variants = [
      { sku: 'A', price: dollars('1.00'), stock: 1 },
      { sku: 'B', price: dollars('1.00'), stock: -1 },
    ];
    expect((await create({ variants }))._unsafeUnwrapErr()).toMatchObject({
      code: 'catalog.invalid_opening_stock',
      path: ['variants', 1, 'stock'],
    });
    expect(await countProducts()).toBe(0);
  });

  it.each<[string, Partial<CreateProductCommand>]>([
    ['core.invalid_text', { name: ' ' }],
    ['catalog.invalid_slug', { slug: 'Not A Slug' }],
    ['catalog.invalid_attributes', { attributes: { a: Number.NaN } }],
    [
      'catalog.invalid_tag_count',
      { tags: Array.from({ length: 51 }, (_, index) => `tag-${index}`) },
    ],
    ['catalog.invalid_variant_count', { variants: [] }],
    ['catalog.invalid_sku', { variants: [{ sku: '', price: dollars('1.00') }] }],
    ['catalog.invalid_image', { images: [{ url: '', alt: '' }] }],
    [
      'catalog.invalid_weight',
      { variants: [{ sku: 'A', price: dollars('1.00'), weightGrams: -1 }] },
    ],
    ['catalog.invalid_price', { variants: [{ sku: 'A', price: dollars('-1.00') }] }],
    ['catalog.wrong_price_currency', { variants: [{ sku: 'A', price: money('1.00', 'EUR') }] }],
    [
      'catalog.duplicate_sku',
      {
        variants: [
          { sku: 'A', price: dollars('1.00') },
          { sku: 'A', price: dollars('1.00') },
        ],
      },
    ],
  ])('refuses what breaks a rule of the catalogue: %s', async (code, wishes) => {
    expect((await create(wishes))._unsafeUnwrapErr()).toMatchObject({ code });
    expect(await countProducts()).toBe(0);
  });

  it('is done once under one key', async () => {
    const context = underKey(SHOP, 'a lamp', {
      answerOf: () => ({ status: 201, headers: {}, body: 'the lamp' }),
    });
    expect((await create({}, context)).isOk()).toBe(true);
    expect((await create({}, context))._unsafeUnwrapErr()).toMatchObject({
      code: 'core.idempotent_replay',
    });
    expect(await countProducts()).toBe(1);
  });
});
