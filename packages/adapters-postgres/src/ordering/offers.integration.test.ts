import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  aCategory,
  givenCategory,
  givenVariant,
  offersContract,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { CategoryId, Currency } from '@kastoma/domain/core';

import { postgresShop, postgresShopsOn } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

offersContract(postgresShopsOn(inject('postgresUrl')));

describe('categories of an offer', () => {
  let test: TestDatabase;
  let shop: ShopPorts;

  beforeAll(async () => {
    test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
    shop = postgresShop(test.database);
  });

  afterAll(() => test.drop());

  it('are its own and those above it, from the nearest up', async () => {
    const [top, middle, leaf] = await givenTree();
    expect(await categoriesOf(leaf)).toEqual([leaf, middle, top]);
    expect(await categoriesOf(top)).toEqual([top]);
  });

  async function givenTree(): Promise<readonly [CategoryId, CategoryId, CategoryId]> {
    const below = async (parentId?: CategoryId) => {
      const category = aCategory(parentId === undefined ? {} : { parentId });
      return (await givenCategory(shop, category)).state.id;
    };
    const top = await below();
    const middle = await below(top);
    return [top, middle, await below(middle)];
  }

  async function categoriesOf(categoryId: CategoryId) {
    const { variantId } = await givenVariant(shop, 1, { categoryId });
    const [offer] = await shop.offers.ofVariants([variantId], 'USD' as Currency);
    return offer?.categoryIds;
  }
});
