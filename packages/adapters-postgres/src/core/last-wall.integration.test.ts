import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { givenCustomer, givenOrder, givenProduct } from '@kastoma/application/testing';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import type { Database } from './database.ts';

/** SQLSTATE: a check, a unique key, a reference; since PostgreSQL 18 a restricted delete has a code of its own. */
const CHECK = /^23514$/;
const UNIQUE = /^23505$/;
const REFERENCE = /^(?:23503|23001)$/;

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
  const shop = postgresShop(test.database);
  const customerId = await givenCustomer(shop);
  await givenOrder(shop, customerId);
  await givenCustomer(shop);
  await givenProduct(shop, {}, 10);
  await test.database`
    insert into core.deliveries
      (event_id, consumer, event_type, aggregate_id, aggregate_version, due_at)
    select id, 'test.reader', type, aggregate_id, aggregate_version, now() from core.outbox limit 1
  `;
});

afterAll(async () => {
  await test.drop();
});

const attempts: readonly [title: string, code: RegExp, sql: string][] = [
  [
    'promises more units than there are',
    CHECK,
    'update inventory.stock set reserved = on_hand + 1',
  ],
  ['has fewer units than none', CHECK, 'update inventory.stock set on_hand = -1'],
  ['promises fewer units than none', CHECK, 'update inventory.stock set reserved = -1'],
  [
    'takes units away that are promised',
    CHECK,
    'update inventory.stock set reserved = 5, on_hand = 4',
  ],
  [
    'runs further ahead of the goods than backorders may',
    CHECK,
    `update inventory.stock
     set tracking = 'backorder', backorder_limit = 3, reserved = on_hand + 4`,
  ],
  [
    'limits backorders where there are none',
    CHECK,
    'update inventory.stock set backorder_limit = 3',
  ],
  ['counts in a way nobody knows', CHECK, "update inventory.stock set tracking = 'roughly'"],
  [
    'has two default locations',
    UNIQUE,
    `insert into inventory.locations (id, code, name, is_default, created_at)
     values (gen_random_uuid(), 'SECOND', 'Second', true, now())`,
  ],
  [
    'gives back more than is held',
    CHECK,
    `insert into inventory.reservations
       (id, reference, variant_id, location_id, quantity, released, created_at)
     select gen_random_uuid(), 'order:1', variant_id, location_id, 1, 2, now() from inventory.stock`,
  ],
  ['moves no unit', CHECK, 'update inventory.movements set on_hand_delta = 0, reserved_delta = 0'],
  ['moves units in a way nobody knows', CHECK, "update inventory.movements set type = 'magic'"],
  ['has an order cost something else', CHECK, 'update ordering.orders set total = total + 1'],
  ['gives more off than it costs', CHECK, 'update ordering.orders set discount = subtotal + 1'],
  ['has a line cost something else', CHECK, 'update ordering.order_items set total = total - 1'],
  ['puts tax on top and does not charge it', CHECK, 'update ordering.orders set tax = tax + 1'],
  [
    'has prices that hold the tax, and charges it once more',
    CHECK,
    "update ordering.orders set prices = 'inclusive', tax = 1, total = total + 1",
  ],
  ['relieves of tax and charges it', CHECK, 'update ordering.orders set tax_relief = 1'],
  [
    'relieves a line of tax and charges it',
    CHECK,
    'update ordering.order_items set tax_relief = 1',
  ],
  ['prices in a way nobody knows', CHECK, "update ordering.orders set prices = 'both'"],
  ['shares a line out among no units', CHECK, "update ordering.order_items set units = '[]'"],
  [
    'takes more codes than a cart holds',
    CHECK,
    "update ordering.carts set coupon_codes = array_fill('A'::text, array[11])",
  ],
  ['takes a code that is none', CHECK, 'update ordering.carts set coupon_codes = array[null]'],
  ['sells no unit', CHECK, 'update ordering.order_items set quantity = 0'],
  ['sells at less than nothing', CHECK, 'update ordering.order_items set unit_price = -1'],
  ['has an order in a state nobody knows', CHECK, "update ordering.orders set status = 'lost'"],
  ['makes two orders of a cart', UNIQUE, copyOf('ordering.orders', ['id', 'number'])],
  ['writes to nobody about an order', CHECK, "update ordering.orders set email = ''"],
  ['numbers two orders alike', UNIQUE, copyOf('ordering.orders', ['id', 'cart_id'])],
  [
    'gives a customer two active carts',
    UNIQUE,
    `insert into ordering.carts (id, customer_id, currency, status, created_at, updated_at, version)
     select gen_random_uuid(), (select id from identity.users limit 1), 'USD', 'active', now(), now(), 1
     from generate_series(1, 2)`,
  ],
  ['calls a cart active that was ordered', CHECK, "update ordering.carts set status = 'active'"],
  ['forgets which order a cart became', CHECK, 'update ordering.carts set order_id = null'],
  ['puts no unit into a cart', CHECK, 'update ordering.cart_items set quantity = 0'],
  ['puts too many units into a cart', CHECK, 'update ordering.cart_items set quantity = 10000'],
  ['puts a variant into a cart twice', UNIQUE, copyOf('ordering.cart_items', ['id'])],
  ['asks less than nothing', CHECK, 'update catalog.prices set amount = -1'],
  ['lets a price fall below nothing', CHECK, 'update catalog.prices set minimum_amount = -1'],
  ['has a floor above the price', CHECK, 'update catalog.prices set minimum_amount = amount + 1'],
  [
    'marks a product with more tags than may be',
    CHECK,
    "update catalog.products set tags = array_fill('a'::text, array[51])",
  ],
  ['asks in no currency', CHECK, "update catalog.prices set currency = 'usd'"],
  ['has two products at one address', UNIQUE, "update catalog.products set slug = 'same'"],
  ['has two variants under one SKU', UNIQUE, "update catalog.variants set sku = 'SAME'"],
  ['has a product in a state nobody knows', CHECK, "update catalog.products set status = 'gone'"],
  [
    'puts a category below itself',
    CHECK,
    `insert into catalog.categories (id, parent_id, name, slug, description, created_at, version)
     values ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000001', 'a', 'a', '', now(), 1)`,
  ],
  [
    'puts a category below what stands below it',
    CHECK,
    `${lineOfCategories(3)}; update catalog.categories
     set parent_id = (select id from catalog.categories where slug = 'level-3')
     where slug = 'level-1'`,
  ],
  [
    'says that a category stands elsewhere than below its parent',
    REFERENCE,
    `${lineOfCategories(2)}; update catalog.categories
     set parent_path = array[gen_random_uuid()] where slug = 'level-2'`,
  ],
  ['stacks categories without end', CHECK, lineOfCategories(21)],
  [
    'defines attributes that are no list',
    CHECK,
    `${lineOfCategories(1)}; update catalog.categories set attribute_definitions = '{}'`,
  ],
  [
    'ranks a category before the first',
    CHECK,
    `${lineOfCategories(1)}; update catalog.categories set position = -1`,
  ],
  ['shows an uploaded image of which it has no files', REFERENCE, imageOf({ isStored: false })],
  ['shows an uploaded image of no size', CHECK, imageOf({ width: '0' })],
  ['knows half of an uploaded image', CHECK, imageOf({ checksum: 'null' })],
  ['knows an image by no checksum', CHECK, imageOf({ checksum: "'A'" })],
  ['has an image in other sizes that are no list', CHECK, imageOf({ renditions: "'{}'" })],
  [
    'forgets the files of an image that is shown',
    REFERENCE,
    `${imageOf({})}; delete from catalog.media_uploads`,
  ],
  [
    'stores an image in no file',
    CHECK,
    "insert into catalog.media_uploads (id, file_keys, uploaded_at) values (gen_random_uuid(), '{}', now())",
  ],
  ['has two accounts under one address', UNIQUE, "update identity.users set email = 'same'"],
  [
    'ships to two default addresses of one customer',
    UNIQUE,
    addressesOf(2, { shipping: true, billing: false }),
  ],
  [
    'bills two default addresses of one customer',
    UNIQUE,
    addressesOf(2, { shipping: false, billing: true }),
  ],
  [
    'speaks to somebody in a language that is none',
    CHECK,
    "update identity.users set locale = 'english'",
  ],
  ['shows a picture from anywhere', CHECK, "update identity.users set avatar = 'javascript:1'"],
  ['has a role nobody knows', CHECK, "update identity.users set role = 'god'"],
  [
    'has a session end before it began',
    CHECK,
    `insert into identity.sessions (id, user_id, family_hash, good_hashes, created_at, expires_at, version)
     select gen_random_uuid(), id, '', '{a}', now(), now(), 1 from identity.users limit 1`,
  ],
  [
    'has a session without a good token',
    CHECK,
    `insert into identity.sessions (id, user_id, family_hash, good_hashes, created_at, expires_at, version)
     select gen_random_uuid(), id, '', '{}', now(), now() + interval '1 day', 1 from identity.users limit 1`,
  ],
  [
    'has a session whose token was spent nobody knows when',
    CHECK,
    `insert into identity.sessions (id, user_id, family_hash, good_hashes, spent_hash, created_at, expires_at, version)
     select gen_random_uuid(), id, '', '{a}', 'b', now(), now() + interval '1 day', 1 from identity.users limit 1`,
  ],
  ['is paid less than nothing', CHECK, 'update payments.payments set amount = -1'],
  ['is paid in a state nobody knows', CHECK, "update payments.payments set status = 'maybe'"],
  [
    'asks for codes of a second factor that never showed one',
    CHECK,
    aSecondFactor("now(), null, '{}'"),
  ],
  [
    'has recovery codes of a second factor that nobody confirmed',
    CHECK,
    aSecondFactor("null, null, '{hash}'"),
  ],
  [
    'keeps a secret that is none',
    CHECK,
    aSecondFactor("null, null, '{}'").replace('sealed text', ''),
  ],
  ['forgets a customer who has ordered', REFERENCE, 'delete from identity.users'],
  ['forgets a product that was ordered', REFERENCE, 'delete from catalog.products'],
  ['forgets a variant that has stock', REFERENCE, 'delete from catalog.variants'],
  ['forgets stock that has movements', REFERENCE, 'delete from inventory.stock'],
  ['forgets an order that has items', REFERENCE, 'delete from ordering.orders'],
  ['forgets a cart that became an order', REFERENCE, 'delete from ordering.carts'],
  [
    'ships to an address that is none',
    CHECK,
    `update ordering.carts set shipping_address = '"at home"'`,
  ],
  ['tells of a version before the first', CHECK, 'update core.outbox set aggregate_version = 0'],
  [
    'tells somebody of an event twice',
    UNIQUE,
    'insert into core.deliveries select * from core.deliveries',
  ],
  [
    'tells somebody of what has not happened',
    REFERENCE,
    'update core.deliveries set event_id = gen_random_uuid()',
  ],
  ['has told somebody less often than never', CHECK, 'update core.deliveries set attempts = -1'],
  [
    'gives up telling somebody what they have heard',
    CHECK,
    'update core.deliveries set handled_at = now(), quarantined_at = now()',
  ],
  [
    'keeps the words of a failure, and not its code alone',
    CHECK,
    "update core.deliveries set last_error = repeat('x', 201)",
  ],
];

describe('the database itself refuses a shop that', () => {
  it.each(attempts)('%s', async (_title, code, sql) => {
    const before = await countedRows(test.database);
    await expect(test.database.unsafe(sql)).rejects.toMatchObject({
      code: expect.stringMatching(code) as string,
    });
    expect(await countedRows(test.database)).toEqual(before);
  });

  it('keeps two answers under one key', async () => {
    const keep = () => test.database`
      insert into core.idempotency_keys (scope, key, fingerprint, status, headers, body, kept_at)
      values ('s', 'k', 'f', 201, '{}', '', now())
    `;
    await keep();
    await expect(keep()).rejects.toMatchObject({ code: '23505' });
  });
});

/** So many addresses of one customer, with the same defaults. */
function addressesOf(
  count: number,
  { shipping, billing }: { readonly shipping: boolean; readonly billing: boolean },
): string {
  return `insert into identity.addresses
      (id, user_id, address, is_default_shipping, is_default_billing, created_at, version)
    select gen_random_uuid(), (select id from identity.users limit 1), '{}', ${shipping}, ${billing}, now(), 1
    from generate_series(1, ${count})`;
}

/** So many categories, each below the one before. */
function lineOfCategories(levels: number): string {
  return `do $$ declare above uuid; below uuid; begin
    for level in 1..${levels} loop
      below := gen_random_uuid();
      insert into catalog.categories (id, parent_id, name, slug, description, created_at, version)
      values (below, above, 'a', 'level-' || level, '', now(), 1);
      above := below;
    end loop;
  end $$`;
}

/** An image of a product that was uploaded, as it should be but for what is told here. */
function imageOf({
  isStored = true,
  width = '1',
  checksum = "repeat('a', 64)",
  renditions = "'[]'",
}): string {
  return `do $$ declare upload uuid := gen_random_uuid(); begin
    insert into catalog.media_uploads (id, file_keys, uploaded_at)
    select upload, '{a}', now() where ${isStored};
    insert into catalog.product_images
      (product_id, position, id, url, alt, upload_id, width, height, checksum, renditions)
    select id, 9, upload, 'a', '', upload, ${width}, 1, ${checksum}, ${renditions}
    from catalog.products limit 1;
  end $$`;
}

/** The same row under new ids. */
function copyOf(table: string, ids: readonly string[]): string {
  const changes = ids.map((id) => `'${id}', gen_random_uuid()`).join(', ');
  return `insert into ${table}
    select (copy.r).* from (
      select jsonb_populate_record(t, jsonb_build_object(${changes})) as r from ${table} t
    ) copy`;
}

async function countedRows(database: Database): Promise<unknown> {
  const [row] = await database`
    select
      (select count(*)::int from ordering.orders) as orders,
      (select count(*)::int from ordering.carts) as carts,
      (select count(*)::int from catalog.products) as products,
      (select count(*)::int from identity.users) as users
  `;
  expect(row).toMatchObject({ orders: 1, carts: 1, products: 2, users: 2 });
  return row;
}

/** The columns that follow the time of the enrolment: when it was confirmed, the last step, and the hashes. */
function aSecondFactor(rest: string): string {
  return `insert into identity.second_factors
    (user_id, id, sealed_secret, enrolled_at, confirmed_at, last_used_step, recovery_code_hashes, version)
    select id, gen_random_uuid(), 'sealed text', now(), ${rest}, 1 from identity.users limit 1`;
}
