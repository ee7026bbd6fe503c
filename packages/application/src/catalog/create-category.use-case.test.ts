import { err } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { CategoryId } from '@kastoma/domain/core';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { CreateCategory, type CreateCategoryCommand } from './create-category.use-case.ts';

let shop: ShopPorts;
let createCategory: CreateCategory;

beforeEach(() => {
  shop = inMemoryShop();
  const { catalog: unitOfWork, ids, clock } = shop;
  createCategory = new CreateCategory({ unitOfWork, ids, clock });
});

function create(wishes: Partial<CreateCategoryCommand> = {}) {
  const command = { name: 'Lamps', parentId: null, description: '', ...wishes };
  return createCategory.execute(command, SHOP);
}

async function countCategories(): Promise<number> {
  return (await shop.categoryQueries.list({ parent: null }, { page: 1, pageSize: 10 })).count;
}

describe('creating a category', () => {
  it('shows it as stored, below its parent, and tells of it', async () => {
    const parent = (await create({ name: 'Light' }))._unsafeUnwrap();
    const view = (await create({ parentId: parent.id as CategoryId }))._unsafeUnwrap();
    expect(view).toMatchObject({ name: 'Lamps', slug: 'lamps', parentId: parent.id, version: 1 });
    expect(await shop.eventsOf(view.id)).toMatchObject([
      { type: 'catalog.category_created', payload: { parentId: parent.id } },
    ]);
  });

  it('makes a slug of the name that nobody else has, but does not change one that was asked for', async () => {
    expect((await create())._unsafeUnwrap().slug).toBe('lamps');
    expect((await create())._unsafeUnwrap().slug).toMatch(/^lamps-[0-9a-f]+$/);
    expect(await create({ slug: 'lamps' })).toEqual(
      err({ code: 'catalog.slug_taken', slug: 'lamps' }),
    );
    expect(await countCategories()).toBe(2);
  });

  it('refuses a parent that is not there', async () => {
    expect(await create({ parentId: builderIds.next<CategoryId>() })).toEqual(
      err({ code: 'catalog.unknown_category', path: ['parentId'] }),
    );
    expect(await countCategories()).toBe(0);
  });

  it('refuses a name or a slug that is none', async () => {
    expect((await create({ name: '' }))._unsafeUnwrapErr().code).toBe('core.invalid_text');
    expect((await create({ slug: 'A B' }))._unsafeUnwrapErr().code).toBe('catalog.invalid_slug');
    expect(await countCategories()).toBe(0);
  });
});
