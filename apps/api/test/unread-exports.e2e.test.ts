import { once } from 'node:events';
import { connect } from 'node:net';

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

const ORDERS = 1_500;
const PRODUCTS = 1_500;
/** More than one part of either export, and far more than sockets take that nobody reads. */
const LONG_TEXT = 8_000;

let shop: TestShop;
let staff: Client;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
  const ada = await shop.signUp('ada');
  const mug = await stockMug(staff);
  await ada.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
  await ada.post('/orders/', CHECKOUT, newKey()).expect(201);
  await shop.database`
    with placed as (
      insert into ordering.carts
        (id, customer_id, currency, status, order_id, created_at, updated_at, version)
      select
        gen_random_uuid(), customer_id, currency, 'ordered', gen_random_uuid(), created_at, updated_at, 1
      from ordering.carts, generate_series(2, ${ORDERS})
      returning id, order_id
    ),
    cloned as (
      insert into ordering.orders
      select (jsonb_populate_record(one, jsonb_build_object(
        'id', placed.order_id,
        'cart_id', placed.id,
        'number', 'KAS-' || placed.order_id,
        'notes', repeat('n', ${LONG_TEXT})
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
  await shop.database`
    with cloned as (
      insert into catalog.products
      select (jsonb_populate_record(one, jsonb_build_object(
        'id', gen_random_uuid(),
        'slug', 'cup-' || number,
        'description', repeat('d', ${LONG_TEXT})
      ))).*
      from catalog.products one, generate_series(2, ${PRODUCTS}) number
      returning id, slug
    ),
    offered as (
      insert into catalog.variants
      select (jsonb_populate_record(variant, jsonb_build_object(
        'id', gen_random_uuid(),
        'product_id', cloned.id,
        'sku', upper(cloned.slug)
      ))).*
      from catalog.variants variant, cloned
      returning id
    )
    insert into catalog.prices
    select (jsonb_populate_record(price, jsonb_build_object('variant_id', offered.id))).*
    from catalog.prices price, offered
  `;
}, 60_000);

afterAll(() => shop.close());

const EXPORTS = ['orders', 'products'] as const;

const exported = (what: string) =>
  staff.send('GET', `/api/v1/${what}/export/`, { headers: { Accept: 'text/csv' } });

/** Asks for an export, reads how it begins and nothing more. */
async function askAndTurnAway(what: string) {
  const { hostname, port } = new URL(shop.url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => {
    socket.destroy();
  });
  socket.write(
    [
      `GET /api/v1/${what}/export/ HTTP/1.1`,
      `Host: ${hostname}`,
      `Authorization: Bearer ${staff.account.access}`,
      '\r\n',
    ].join('\r\n'),
  );
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  socket.pause();
  return { status: Number(bytes.toString().slice(9, 12)), hangUp: () => socket.destroy() };
}

describe.each(EXPORTS)('unread exports of %s', { timeout: 60_000 }, (what) => {
  it('hold up nobody: some are begun, others are told to come back, and all else goes on', async () => {
    const asked = await Promise.all(Array.from({ length: 25 }, () => askAndTurnAway(what)));
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(asked.filter(({ status }) => status === 503)).toHaveLength(22);
    await Promise.all(
      Array.from({ length: 40 }, () => staff.get('/orders/?page_size=1').expect(200)),
    );
    for (const other of EXPORTS) {
      const response = await exported(other);
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('10');
      expect(await response.json()).toMatchObject({
        errors: [{ code: 'service.too_many_exports' }],
      });
    }
    for (const { hangUp } of asked) hangUp();
    await expect
      .poll(
        async () => {
          const response = await exported(what);
          const text = await response.text();
          return [response.status, text.trimEnd().split('\r\n').length];
        },
        { timeout: 30_000 },
      )
      .toEqual([200, 1 + (what === 'orders' ? ORDERS : PRODUCTS)]);
  });

  it('take no place where their headers alone are asked for', async () => {
    for (let count = 0; count < 10; count += 1)
      expect((await staff.send('HEAD', `/api/v1/${what}/export/`)).status).toBe(200);
    const response = await exported(what);
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });
});
