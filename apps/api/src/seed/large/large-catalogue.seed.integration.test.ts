import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { SystemClock, UuidV7Generator } from '@kastoma/adapters-in-process';
import {
  catalogUnitOfWork,
  importUnitOfWork,
  PostgresCategoryQueries,
  PostgresProductExport,
  PostgresStockAudit,
} from '@kastoma/adapters-postgres';
import { createTestDatabase, type TestDatabase } from '@kastoma/adapters-postgres/testing';
import { CreateCategory, ndjsonOf } from '@kastoma/application/catalog';
import { parseProduct, type Product } from '@kastoma/domain/catalog';
import type { Country, Currency } from '@kastoma/domain/core';

import { plantLargeCatalogue } from './plant-large-catalogue.ts';

const settings = { currency: 'USD' as Currency, country: 'US' as Country };
const PRODUCTS = 60;

let shop: TestDatabase;

beforeAll(async () => {
  shop = await createTestDatabase(inject('postgresUrl'));
});

afterAll(() => shop.drop());

async function plant(products: number, seed = 1): Promise<void> {
  const clock = new SystemClock();
  const ids = new UuidV7Generator();
  const { database } = shop;
  const unitOfWork = catalogUnitOfWork(database, clock, ids, settings);
  const catalogue = {
    settings,
    unitOfWork: importUnitOfWork(database, clock, ids, settings),
    createCategory: new CreateCategory({ unitOfWork, ids, clock }),
    categoryQueries: new PostgresCategoryQueries(database),
  };
  await plantLargeCatalogue(catalogue, { products, seed }, () => undefined);
}

async function standing(): Promise<{ text: string; products: readonly Product[] }> {
  const products: Product[] = [];
  let text = '';
  const all = new PostgresProductExport(shop.database, settings.currency);
  for await (const some of all.read({ status: null, category: null })) {
    products.push(...some.map(({ product }) => product));
    text += some.map(ndjsonOf).join('');
  }
  return { text, products };
}

it('a seed makes products that the domain accepts, listed, with stock that adds up', async () => {
  await plant(PRODUCTS);
  const { products } = await standing();
  expect(products).toHaveLength(PRODUCTS);
  for (const product of products) {
    const read = parseProduct(JSON.parse(JSON.stringify(product)));
    expect(read._unsafeUnwrap().state).toEqual(product.state);
  }
  expect(await new PostgresStockAudit(shop.database).discrepancies(10)).toEqual([]);
  const [counted] = await shop.database`
    select
      (select count(*)::int from catalog.listing) as listed,
      (select count(*)::int from catalog.search_documents) as searched,
      (select count(distinct category_id)::int > 5 from catalog.products) as are_spread
  `;
  expect(counted).toEqual({ listed: PRODUCTS, searched: PRODUCTS, are_spread: true });
});

it('a seed makes the same products again, and more of them where more are wanted', async () => {
  const before = await standing();
  await plant(PRODUCTS);
  expect((await standing()).text).toBe(before.text);
  await plant(PRODUCTS + 10);
  expect((await standing()).products).toHaveLength(PRODUCTS + 10);
  await plant(10, 2);
  const { products } = await standing();
  expect(products).toHaveLength(PRODUCTS + 20);
  expect(new Set(products.map(({ state }) => state.slug)).size).toBe(PRODUCTS + 20);
});
