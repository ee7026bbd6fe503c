import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { EVERY_ORDER, ORDER_ORDERINGS } from '@kastoma/application/ordering';
import { givenPlacedOrder, type ShopPorts } from '@kastoma/application/testing';

import { countStatements } from '../testing/counted-statements.ts';
import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

const OTHERS = 5_000;

let test: TestDatabase;
let shop: ShopPorts;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
  shop = postgresShop(test.database);
  await givenPlacedOrder(shop, { method: 'manual' });
  await test.database`
    with placed as (
      insert into ordering.carts
        (id, customer_id, currency, status, order_id, created_at, updated_at, version)
      select
        gen_random_uuid(), customer_id, currency, 'ordered', gen_random_uuid(), created_at, updated_at, 1
      from ordering.carts, generate_series(1, ${OTHERS})
      returning id, order_id
    ),
    cloned as (
      insert into ordering.orders
      select (jsonb_populate_record(one, jsonb_build_object(
        'id', placed.order_id,
        'cart_id', placed.id,
        'number', 'KAS-' || placed.order_id,
        'placed_at', one.placed_at + interval '1 second' * (random() * 100)::int
      ))).*
      from ordering.orders one, placed
    )
    insert into ordering.order_items
    select (jsonb_populate_record(item, jsonb_build_object(
      'id', gen_random_uuid(),
      'order_id', placed.order_id
    ))).*
    from ordering.order_items item, placed
  `;
  await test.database`analyze ordering.orders`;
});

afterAll(async () => {
  await test.drop();
});

it.each(ORDER_ORDERINGS)(
  'thousands of orders are exported by %s, each once and a few at a time',
  async (ordering) => {
    const ids = new Set<string>();
    let largest = 0;
    const { statements } = await countStatements(test.database, async () => {
      for await (const some of shop.orderExport.read({ ...EVERY_ORDER, ordering })) {
        largest = Math.max(largest, some.length);
        for (const { id, items } of some) {
          expect(items).toHaveLength(2);
          ids.add(id);
        }
      }
    });
    expect(ids.size).toBe(OTHERS + 1);
    expect(largest).toBe(200);
    // Orders, items and payments of each of 26 parts, in one transaction.
    expect(statements.filter((one) => one.startsWith('select'))).toHaveLength(3 * 26);
    expect(statements[0]).toBe('begin isolation level repeatable read read only');
  },
);

it('no more is read than is taken, and the connection comes back', async () => {
  const { statements } = await countStatements(test.database, async () => {
    for await (const some of shop.orderExport.read(EVERY_ORDER)) {
      expect(some).toHaveLength(200);
      break;
    }
  });
  expect(statements.filter((one) => one.startsWith('select'))).toHaveLength(3);
  expect(statements.at(-1)).toBe('rollback');
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for await (const some of shop.orderExport.read(EVERY_ORDER)) if (some.length > 0) break;
    }),
  );
});
