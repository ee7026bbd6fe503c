import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { givenCoupon, givenPromotion, redeemIn, useOf } from '@kastoma/application/testing';
import type { OrderId } from '@kastoma/domain/core';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

/** SQLSTATE: a check, a unique key, a reference; since PostgreSQL 18 a restricted delete has a code of its own. */
const CHECK = /^23514$/;
const UNIQUE = /^23505$/;
const REFERENCE = /^(?:23503|23001)$/;

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
  const shop = postgresShop(test.database);
  const promotion = await givenPromotion(shop, { limits: { total: 9 } });
  const coupon = await givenCoupon(shop, promotion, { singleUse: true });
  await givenCoupon(shop, promotion);
  const guest = { id: null, email: 'guest@people.example' };
  const use = useOf(promotion, coupon);
  expect((await redeemIn(shop, shop.ids.next<OrderId>(), [use], guest)).isOk()).toBe(true);
});

afterAll(() => test.drop());

const attempts: readonly [title: string, code: RegExp, sql: string][] = [
  ['has two coupons under one code', UNIQUE, "update pricing.coupons set code = 'SAME'"],
  ['has a code in lower case', CHECK, "update pricing.coupons set code = 'same'"],
  ['has a code of another alphabet', CHECK, "update pricing.coupons set code = 'É'"],
  ['has a code that nobody can read', CHECK, "update pricing.coupons set code = ''"],
  ['has a code of 65 letters', CHECK, "update pricing.coupons set code = repeat('A', 65)"],
  [
    'has a promotion under another id',
    CHECK,
    "update pricing.promotions set terms = jsonb_set(terms, '{id}', '\"other\"')",
  ],
  [
    'has a promotion that nobody may use',
    CHECK,
    "update pricing.promotions set terms = jsonb_set(terms, '{limits,total}', '0')",
  ],
  [
    'has a promotion end before it starts',
    CHECK,
    'update pricing.promotions set starts_at = now(), ends_at = now()',
  ],
  ['gives back more than was used', CHECK, 'update pricing.promotions set uses = -1'],
  [
    'counts an order twice',
    UNIQUE,
    `insert into pricing.redemptions (order_id, promotion_id, single_use, email, discount, currency, redeemed_at)
     select order_id, promotion_id, false, email, discount, currency, now() from pricing.redemptions`,
  ],
  [
    'uses a coupon for one use twice',
    UNIQUE,
    `insert into pricing.redemptions
       (order_id, promotion_id, coupon_id, single_use, email, discount, currency, redeemed_at)
     select gen_random_uuid(), promotion_id, coupon_id, true, email, discount, currency, now()
     from pricing.redemptions`,
  ],
  ['counts a use by nobody', CHECK, 'update pricing.redemptions set email = null'],
  ['counts a use by an empty address', CHECK, "update pricing.redemptions set email = ''"],
  ['takes less than nothing off', CHECK, 'update pricing.redemptions set discount = -1'],
  ['takes something off in no currency', CHECK, "update pricing.redemptions set currency = 'usd'"],
  ['used no coupon once', CHECK, 'update pricing.redemptions set coupon_id = null'],
  ['forgets a promotion that was used', REFERENCE, 'delete from pricing.promotions'],
  ['forgets a coupon that was used', REFERENCE, 'delete from pricing.coupons'],
];

describe('the database itself refuses a shop that', () => {
  it.each(attempts)('%s', async (_title, code, sql) => {
    await expect(test.database.unsafe(sql)).rejects.toMatchObject({
      code: expect.stringMatching(code) as string,
    });
  });
});
