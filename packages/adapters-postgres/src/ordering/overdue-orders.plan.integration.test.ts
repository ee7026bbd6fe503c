import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { givenPlacedOrder, type ShopPorts } from '@kastoma/application/testing';
import type { Instant } from '@kastoma/domain/core';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { unpaidOrders } from './overdue-orders.read-view.ts';

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
    )
    insert into ordering.orders
    select (jsonb_populate_record(one, jsonb_build_object(
      'id', placed.order_id,
      'cart_id', placed.id,
      'number', 'KAS-' || placed.order_id,
      'status', case when random() < 0.5 then 'pending' else 'delivered' end,
      'payment_method', 'manual'
    ))).*
    from ordering.orders one, placed
  `;
  await test.database`analyze ordering.orders`;
});

afterAll(async () => {
  await test.drop();
});

it('orders that wait for a provider are found without reading any other', async () => {
  const order = await givenPlacedOrder(shop, { method: 'test' });
  const since = (shop.clock.now() + 1) as Instant;
  expect(await shop.overdueOrders.unpaidSince(since, 10)).toEqual([order.id]);
  const plan = await test.database<{ 'QUERY PLAN': string }[]>`
    explain (costs off) ${unpaidOrders(test.database, since, 20)}
  `;
  const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(lines).toContain('orders_awaiting_payment');
  expect(lines).not.toMatch(/Seq Scan on orders|Sort/);
});
