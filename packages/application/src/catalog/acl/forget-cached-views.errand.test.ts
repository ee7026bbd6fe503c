import { describe, expect, it } from 'vitest';

import type { ProductId } from '@kastoma/domain/core';

import { ForgetCachedViews } from './forget-cached-views.errand.ts';

type Told = Parameters<ForgetCachedViews['handle']>[0];

const MUG = 'mug' as ProductId;

/** What is forgotten after this event, in the shop whose variant is of this product. */
async function forgottenAfter(type: Told['type'], payload: object, owner: ProductId | null = MUG) {
  const forgotten: { tags: readonly string[]; settling: number | undefined }[] = [];
  const cache = {
    forget: async (tags: readonly string[], settling?: number) => {
      forgotten.push({ tags, settling });
    },
  };
  const errand = new ForgetCachedViews(cache, { productOf: async () => owner });
  const handled = await errand.handle({ type, payload } as unknown as Told);
  expect(handled.isOk()).toBe(true);
  return forgotten;
}

describe('what shoppers see is forgotten', () => {
  it.each([
    'catalog.category_attributes_defined',
    'catalog.category_created',
    'catalog.category_deleted',
    'catalog.category_moved',
  ] as const)('with the category, the lists and the tree after %s, at once', async (type) => {
    expect(await forgottenAfter(type, { categoryId: 'cups' })).toEqual([
      { tags: ['category:cups', 'lists', 'tree'], settling: 0 },
    ]);
  });

  it('for a moment longer when a category was revised: its lists are told at the same time', async () => {
    expect(await forgottenAfter('catalog.category_revised', { categoryId: 'cups' })).toEqual([
      { tags: ['category:cups', 'lists', 'tree'], settling: 2_000 },
    ]);
  });

  it.each([
    'catalog.product_archived',
    'catalog.product_changed',
    'catalog.product_deleted',
    'catalog.product_unpublished',
  ] as const)('with the product, the lists and the counts of the tree after %s', async (type) => {
    expect(await forgottenAfter(type, { productId: MUG })).toEqual([
      { tags: ['product:mug', 'lists', 'tree'], settling: 0 },
    ]);
  });

  it('with all products that a published one may stand beside', async () => {
    expect(await forgottenAfter('catalog.product_published', { productId: MUG })).toEqual([
      { tags: ['product:mug', 'lists', 'tree', 'shelves'], settling: 0 },
    ]);
  });

  it.each([
    'catalog.price_changed',
    'catalog.review_approved',
    'catalog.review_rejected',
    'catalog.review_revised',
    'catalog.review_withdrawn',
    'catalog.variant_added',
    'catalog.variant_changed',
    'catalog.variant_removed',
  ] as const)('with the product and the lists, and not the tree, after %s', async (type) => {
    expect(await forgottenAfter(type, { productId: MUG })).toEqual([
      { tags: ['product:mug', 'lists'], settling: 0 },
    ]);
  });

  it('with the lists and the tree alone when an import has ended', async () => {
    expect(await forgottenAfter('catalog.import_finished', {})).toEqual([
      { tags: ['lists', 'tree'], settling: 0 },
    ]);
  });
});

describe('of stock', () => {
  const sold = { variantId: 'v1', inStockChanged: true };

  it('that comes or goes the product and the lists are forgotten, for a moment longer', async () => {
    expect(await forgottenAfter('inventory.stock_changed', sold)).toEqual([
      { tags: ['product:mug', 'lists'], settling: 2_000 },
    ]);
  });

  it('whose variant nobody knows the lists alone are forgotten', async () => {
    expect(await forgottenAfter('inventory.stock_changed', sold, null)).toEqual([
      { tags: ['lists'], settling: 2_000 },
    ]);
  });

  it('that is more or less and still there nothing is forgotten', async () => {
    const payload = { ...sold, inStockChanged: false };
    expect(await forgottenAfter('inventory.stock_changed', payload)).toEqual([]);
  });
});
