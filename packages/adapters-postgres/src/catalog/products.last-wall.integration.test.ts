import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { givenProduct, SHOP } from '@kastoma/application/testing';
import type { Product } from '@kastoma/domain/catalog';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

/** SQLSTATE: a check, a unique key, a reference; since PostgreSQL 18 a restricted delete has a code of its own. */
const CHECK = /^23514$/;
const UNIQUE = /^23505$/;
const REFERENCE = /^(?:23503|23001)$/;

const choice = (value: string) => [{ name: 'Size', value }];

let test: TestDatabase;
let product: Product;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
  const shop = postgresShop(test.database);
  product = await givenProduct(shop, {
    options: [{ name: 'Size', values: ['S', 'M'] }],
    variants: [{ options: choice('S'), cost: '1.00' }, { options: choice('M') }],
  });
  const { id } = (await givenProduct(shop)).state;
  const saved = await shop.catalog.run(SHOP, ({ products }) =>
    products
      .find(product.state.id)
      .andThen((found) => found.relateTo([id], found.state.createdAt))
      .andThen((related) => related.change({ slug: 'moved-on' }, related.state.createdAt))
      .andThen((moved) => products.save(moved)),
  );
  expect(saved.isOk()).toBe(true);
});

afterAll(() => test.drop());

const attempts: readonly [title: string, code: RegExp, sql: string][] = [
  ['pays less than nothing for a unit', CHECK, 'update catalog.prices set cost_amount = -1'],
  ['reads a barcode that has letters', CHECK, "update catalog.variants set barcode = '4006381A'"],
  [
    'measures one side alone',
    CHECK,
    'update catalog.variants set length_millimetres = 1, width_millimetres = 1',
  ],
  [
    'measures nothing',
    CHECK,
    'update catalog.variants set length_millimetres = 0, width_millimetres = 1, height_millimetres = 1',
  ],
  ['has axes that are no list', CHECK, "update catalog.products set options = '{}'"],
  ['has choices that are no list', CHECK, "update catalog.variants set options = '{}'"],
  [
    'offers one combination twice',
    UNIQUE,
    'update catalog.variants set options = \'[{"name": "Size", "value": "S"}]\'',
  ],
  ['shows two variants at one place', UNIQUE, 'update catalog.variants set position = 7'],
  [
    'puts a product beside itself',
    CHECK,
    'update catalog.related_products set related_id = product_id',
  ],
  [
    'puts a product beside another twice',
    UNIQUE,
    'insert into catalog.related_products select product_id, 1, related_id from catalog.related_products',
  ],
  ['tells engines an empty title', CHECK, "update catalog.products set seo_title = ''"],
  ['forgets a product that was moved', REFERENCE, 'delete from catalog.products'],
  ['forgets a variant that has a price', REFERENCE, 'delete from catalog.variants'],
];

describe('a shop whose code is wrong', () => {
  it.each(attempts)('never %s: the database refuses', async (_title, code, sql) => {
    await expect(test.database.unsafe(sql)).rejects.toMatchObject({
      code: expect.stringMatching(code) as string,
    });
  });
});

describe('the version before', () => {
  it('publishes without saying when: then it was when the product was created', async () => {
    await test.database`
      update catalog.products set published_at = null where id = ${product.state.id}
    `;
    const found = await postgresShop(test.database).productQueries.find(
      product.state.id,
      'shoppers',
    );
    expect(found._unsafeUnwrap().publishedAt).toBe(product.state.createdAt);
  });
});
