import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { RebuildListing } from '@kastoma/application/catalog';
import {
  BUILT_AT,
  givenCategory,
  givenProduct,
  SHOP,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { Instant, ProductId, VariantId } from '@kastoma/domain/core';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { listingUnitOfWork } from './listing.unit-of-work.ts';

let test: TestDatabase;
let shop: ShopPorts;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'));
  shop = postgresShop(test.database);
});
afterAll(async () => {
  await test.drop();
});

async function rowOf(id: ProductId) {
  const [row] = await test.database<
    { name: string; amount: bigint; in_stock: boolean; rating: number; xmin: string }[]
  >`
    select name, amount, in_stock, rating, xmin::text
    from catalog.listing
    where product_id = ${id} and currency = 'USD'
  `;
  return row;
}

const note = async (variantId: VariantId, version: number, inStock: boolean) => {
  const noted = await shop.catalog.run(SHOP, ({ listing }) =>
    listing.note([{ variantId, version, inStock }]),
  );
  expect(noted.isOk()).toBe(true);
};

describe('the listing', () => {
  it('follows whoever writes past the shop, and is left alone where nothing of it changed', async () => {
    const sql = test.database;
    const { id, variants } = (await givenProduct(shop)).state;
    const [{ id: variantId }] = variants;
    await sql`update catalog.prices set amount = 5 where variant_id = ${variantId}`;
    expect(await rowOf(id)).toMatchObject({ amount: 5n });
    await sql`update catalog.products set rating_sum = 9, rating_count = 2 where id = ${id}`;
    const row = await rowOf(id);
    expect(row).toMatchObject({ rating: 4_500 });
    await sql`update catalog.products set updated_at = now(), version = version + 1 where id = ${id}`;
    expect(await rowOf(id)).toEqual(row);
    await sql`delete from catalog.prices where variant_id = ${variantId}`;
    expect(await rowOf(id)).toBeUndefined();
  });

  it('keeps the latest that was told of a stock, in whatever order and however often it comes', async () => {
    const { id, variants } = (await givenProduct(shop, {}, 3)).state;
    const [{ id: variantId }] = variants;
    expect(await rowOf(id)).toMatchObject({ in_stock: true });
    await note(variantId, 5, false);
    await note(variantId, 4, true);
    await note(variantId, 5, false);
    expect(await rowOf(id)).toMatchObject({ in_stock: false });
    await note(variantId, 6, true);
    expect(await rowOf(id)).toMatchObject({ in_stock: true });
  });

  it('has what both of two have written at once', async () => {
    const { id, variants } = (await givenProduct(shop)).state;
    const [{ id: variantId }] = variants;
    const rename = (name: string) =>
      shop.catalog.run(SHOP, ({ products }) =>
        products
          .find(id)
          .andThen((product) => product.change({ name }, BUILT_AT as Instant))
          .andThen((changed) => products.save(changed)),
      );
    for (let round = 1; round <= 10; round += 1) {
      const inStock = round % 2 === 0;
      const [renamed] = await Promise.all([
        rename(`Round ${round}`),
        note(variantId, 10 + round, inStock),
      ]);
      expect(renamed.isOk()).toBe(true);
      expect(await rowOf(id)).toMatchObject({ name: `Round ${round}`, in_stock: inStock });
    }
  });

  it('is made anew from products and stock, by parts, and from where it was interrupted', async () => {
    const sql = test.database;
    const category = await givenCategory(shop);
    const products = [];
    for (let index = 0; index < 3; index += 1)
      products.push((await givenProduct(shop, { categoryId: category.state.id }, 1)).state.id);
    await sql`delete from catalog.variant_stock`;
    await sql`delete from catalog.listing`;
    await sql`delete from catalog.search_documents`;
    const rebuild = new RebuildListing({
      unitOfWork: listingUnitOfWork(test.database, shop.clock),
    });
    const [first] = products.toSorted();
    const done = await rebuild.execute(
      { categoryId: category.state.id, after: first ?? null },
      SHOP,
    );
    expect(done.isOk()).toBe(true);
    const rows = await Promise.all(products.toSorted().map(rowOf));
    expect(rows.map((row) => row?.in_stock)).toEqual([undefined, true, true]);
    const steps: string[] = [];
    const whole = await rebuild.execute({ onProgress: (last) => steps.push(last) }, SHOP);
    expect(whole._unsafeUnwrap()).toBeNull();
    expect(steps).toHaveLength(1);
    expect((await Promise.all(products.map(rowOf))).every((row) => row?.in_stock)).toBe(true);
    const stopped = new AbortController();
    stopped.abort();
    const { signal } = stopped;
    expect((await rebuild.execute({ signal, after: first ?? null }, SHOP))._unsafeUnwrap()).toBe(
      first,
    );
  });
});
