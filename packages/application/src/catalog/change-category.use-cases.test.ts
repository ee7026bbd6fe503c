import { err, ok } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { CategoryId } from '@kastoma/domain/core';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { aCategory } from '../testing/builders/category.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCategory, givenProduct } from '../testing/stocked-shop.ts';
import { CreateCategory } from './create-category.use-case.ts';
import { DefineAttributes } from './define-attributes.use-case.ts';
import { DeleteCategory } from './delete-category.use-case.ts';
import { ReviseCategory, type ReviseCategoryCommand } from './revise-category.use-case.ts';

const NOT_FOUND = err({ code: 'catalog.category_not_found' });
const STALE = err({ code: 'core.stale_version', currentVersion: 1 });

let shop: ShopPorts;

beforeEach(() => {
  shop = inMemoryShop();
});

function revise(idOrSlug: string, wishes: Partial<ReviseCategoryCommand>) {
  const { catalog: unitOfWork, clock } = shop;
  const command = { idOrSlug, changes: {}, expectedVersion: null, ...wishes };
  return new ReviseCategory({ unitOfWork, clock }).execute(command, SHOP);
}

function remove(idOrSlug: string, expectedVersion: number | null = null) {
  const { catalog: unitOfWork, clock } = shop;
  return new DeleteCategory({ unitOfWork, clock }).execute({ idOrSlug, expectedVersion }, SHOP);
}

async function givenLine(length: number): Promise<readonly CategoryId[]> {
  const line: CategoryId[] = [];
  while (line.length < length) {
    const parentId = line.at(-1);
    const category = aCategory(parentId === undefined ? {} : { parentId });
    line.push((await givenCategory(shop, category)).state.id);
  }
  return line;
}

describe('changing a category', () => {
  it('changes its words and its place in one go, and shows it as stored', async () => {
    const [parent, id] = [...(await givenLine(1)), ...(await givenLine(1))];
    const changed = await revise(id ?? '', { changes: { name: 'Other' }, parentId: parent });
    expect(changed._unsafeUnwrap()).toMatchObject({
      name: 'Other',
      parentId: parent,
      version: 3,
      breadcrumbs: [{ id: parent }],
    });
  });

  it('that names no place leaves it where it stands', async () => {
    const [parent, id] = await givenLine(2);
    const changed = await revise(id ?? '', { changes: { position: 4 } });
    expect(changed._unsafeUnwrap()).toMatchObject({ parentId: parent, position: 4, version: 2 });
  });

  it('moves it to the root with all that stands below it', async () => {
    const [, middle, leaf] = await givenLine(3);
    expect((await revise(middle ?? '', { parentId: null })).isOk()).toBe(true);
    const { breadcrumbs } = (await shop.categoryQueries.find(leaf ?? ''))._unsafeUnwrap();
    expect(breadcrumbs.map(({ id }) => id)).toEqual([middle]);
  });

  it('below itself, below nothing or too deep is refused, and nothing changes', async () => {
    const line = await givenLine(20);
    const [root, , third] = line;
    const [first, second] = await givenLine(2);
    const refused = [
      revise(root ?? '', { parentId: third, changes: { name: 'New' } }),
      revise(root ?? '', { parentId: root }),
      revise(root ?? '', { parentId: builderIds.next<CategoryId>() }),
      revise(first ?? '', { parentId: line[18] }),
      revise(root ?? '', { parentId: second }),
    ];
    const codes = (await Promise.all(refused)).map((run) => run._unsafeUnwrapErr());
    expect(codes).toMatchObject([
      { code: 'catalog.category_circle', path: ['parentId'] },
      { code: 'catalog.category_circle' },
      { code: 'catalog.unknown_category', path: ['parentId'] },
      { code: 'catalog.category_too_deep', maximum: 20 },
      { code: 'catalog.category_too_deep' },
    ]);
    expect(await shop.eventsOf(root ?? '')).toHaveLength(1);
    expect((await revise(second ?? '', { parentId: line[18] })).isOk()).toBe(true);
  });

  it('of another version than was seen is refused, and so is one that is not there', async () => {
    const { id } = (await givenCategory(shop)).state;
    expect(await revise(id, { expectedVersion: 7, changes: { name: 'New' } })).toEqual(STALE);
    expect(await revise('nobody', {})).toEqual(NOT_FOUND);
  });

  it('that changes nothing makes no new version', async () => {
    const { id, name } = (await givenCategory(shop)).state;
    const same = await revise(id, { changes: { name }, parentId: null });
    expect(same._unsafeUnwrap().version).toBe(1);
    expect(await shop.eventsOf(id)).toHaveLength(1);
  });
});

describe('adding a category', () => {
  const create = (parentId: CategoryId | null, mostCategories?: number) => {
    const { catalog: unitOfWork, ids, clock } = shop;
    const most = mostCategories === undefined ? {} : { mostCategories };
    const command = { name: 'Lamps', parentId, description: '' };
    return new CreateCategory({ unitOfWork, ids, clock, ...most }).execute(command, SHOP);
  };

  it('goes 20 levels deep', async () => {
    const line = await givenLine(20);
    expect((await create(line[18] ?? null)).isOk()).toBe(true);
    expect((await create(line[19] ?? null))._unsafeUnwrapErr()).toMatchObject({
      code: 'catalog.category_too_deep',
    });
  });

  it('ends where there are too many', async () => {
    expect((await create(null, 2)).isOk()).toBe(true);
    expect((await create(null, 2)).isOk()).toBe(true);
    expect(await create(null, 2)).toEqual(err({ code: 'catalog.too_many_categories', maximum: 2 }));
  });
});

describe('deleting a category', () => {
  it('takes it away, and tells of it', async () => {
    const [, id] = await givenLine(2);
    expect((await remove(id ?? '')).isOk()).toBe(true);
    expect(await shop.categoryQueries.find(id ?? '')).toEqual(NOT_FOUND);
    expect((await shop.eventsOf(id ?? '')).at(-1)?.type).toBe('catalog.category_deleted');
    expect(await remove(id ?? '')).toEqual(NOT_FOUND);
  });

  it('is refused while something stands in it, even a draft', async () => {
    const [root, leaf] = await givenLine(2);
    await givenProduct(shop, { categoryId: leaf as CategoryId, status: 'draft' });
    expect(await remove(root ?? '')).toEqual(
      err({ code: 'catalog.category_in_use', by: 'categories' }),
    );
    expect(await remove(leaf ?? '')).toEqual(
      err({ code: 'catalog.category_in_use', by: 'products' }),
    );
  });

  it('of another version than was seen is refused', async () => {
    const { id } = (await givenCategory(shop)).state;
    expect(await remove(id, 7)).toEqual(STALE);
  });
});

describe('defining attributes', () => {
  const define = (idOrSlug: string, name: string, expectedVersion: number | null = null) => {
    const { catalog: unitOfWork, clock } = shop;
    const definitions = [{ name, type: 'text' as const }];
    const command = { idOrSlug, definitions, expectedVersion };
    return new DefineAttributes({ unitOfWork, clock }).execute(command, SHOP);
  };

  it('shows what holds from now on, and tells of it', async () => {
    const [root, leaf] = await givenLine(2);
    expect((await define(root ?? '', 'origin')).isOk()).toBe(true);
    expect((await define(leaf ?? '', 'size'))._unsafeUnwrap()).toMatchObject({
      definitions: [{ name: 'size' }],
      inForce: [{ name: 'origin' }, { name: 'size' }],
      version: 2,
    });
    expect(await shop.eventsOf(leaf ?? '')).toMatchObject([
      {},
      { type: 'catalog.category_attributes_defined', payload: { attributeNames: ['size'] } },
    ]);
  });

  it('leaves the products that are there as they are', async () => {
    const [id] = await givenLine(1);
    const product = await givenProduct(shop, {
      categoryId: id as CategoryId,
      attributes: { size: 7 },
    });
    expect((await define(id ?? '', 'size')).isOk()).toBe(true);
    const found = await shop.productQueries.find(product.state.id, 'staff');
    expect(found.map(({ attributes }) => attributes)).toEqual(ok({ size: 7 }));
  });

  it('is refused for another version, a name that is none, and a category that is not there', async () => {
    const { id } = (await givenCategory(shop)).state;
    expect(await define(id, 'size', 7)).toEqual(STALE);
    expect((await define(id, ''))._unsafeUnwrapErr().code).toBe(
      'catalog.invalid_attribute_definition',
    );
    expect(await define('nobody', 'size')).toEqual(NOT_FOUND);
  });
});
