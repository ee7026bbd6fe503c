import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { givenProduct } from '@kastoma/application/testing';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { PostgresVariantOwners } from './variant-owners.read-view.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
});
afterAll(() => test.drop());

it('a variant is of the product that it was made for, and none that is unknown is of any', async () => {
  const shop = postgresShop(test.database);
  await givenProduct(shop);
  const { state } = await givenProduct(shop, { variants: [{}, {}] });
  const owners = new PostgresVariantOwners(test.database);
  for (const { id } of state.variants) expect(await owners.productOf(id)).toBe(state.id);
  expect(await owners.productOf(state.id)).toBeNull();
});
