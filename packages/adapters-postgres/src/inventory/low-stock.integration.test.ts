import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { givenVariant } from '@kastoma/application/testing';
import { DEFAULT_LOCATION_ID } from '@kastoma/domain/inventory';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { lowStockPage } from './low-stock.read-view.ts';

const ACCOUNTS = 20_000;

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
  await givenVariant(postgresShop(test.database), 0);
  const sql = test.database;
  await sql`
    insert into catalog.variants
    select (copy.r).* from (
      select jsonb_populate_record(
        variant,
        jsonb_build_object('id', gen_random_uuid(), 'sku', 'COPY-' || number, 'position', number)
      ) as r
      from catalog.variants variant, generate_series(1, ${ACCOUNTS}) number
    ) copy
  `;
  await sql`
    insert into inventory.stock (variant_id, on_hand, reserved, version, reorder_point)
    select id, 10 + position % 1000, 0, 1, case when position % 50 = 0 then 20 end
    from catalog.variants
    where position > 0
  `;
  await sql`analyze inventory.stock`;
  await sql`analyze catalog.variants`;
});

afterAll(() => test.drop());

it.each([
  [1, 5],
  [3, 30],
])('page %d of what runs out below %d is read from indexes', async (page, threshold) => {
  const sql = test.database;
  const rows = await sql<{ 'QUERY PLAN': string }[]>`
    explain (analyze, costs off)
    ${lowStockPage(sql, DEFAULT_LOCATION_ID, threshold, { page, pageSize: 20 })}
  `;
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('stock_by_available');
  expect(plan).toContain('stock_below_reorder_point');
  expect(plan).not.toMatch(/Seq Scan on (?:stock|variants)/);
});
