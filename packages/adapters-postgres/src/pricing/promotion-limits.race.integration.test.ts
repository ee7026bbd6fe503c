import { setTimeout as pause } from 'node:timers/promises';

import { ok } from 'neverthrow';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  givenCoupon,
  givenPromotion,
  latch,
  redeemIn,
  SHOP,
  useOf,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { CouponId, Instant, OrderId, PromotionId } from '@kastoma/domain/core';
import type { PromotionLimits } from '@kastoma/domain/pricing';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

const at = 0 as Instant;
const guest = { id: null, email: 'guest@people.example' };

let test: TestDatabase;
let shop: ShopPorts;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 4 });
  shop = postgresShop(test.database);
});

afterAll(() => test.drop());

/** Until so many wait for a lock in this database. */
async function somebodyWaits(waiters = 1): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const waiting = await test.database`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
    `;
    if (waiting.count >= waiters) return;
    await pause(10);
  }
  throw new Error('Too few wait for a lock.');
}

/** Redeems, and does not commit before somebody waits for it. */
async function whileRedeeming<T>(
  uses: readonly Parameters<typeof redeemIn>[2][number][],
  act: () => PromiseLike<T>,
): Promise<T> {
  const redeemed = latch();
  const redeeming = shop.pricing.run(SHOP, async (tx) => {
    const run = await tx.uses.redeem(shop.ids.next<OrderId>(), uses, guest, at);
    redeemed.open();
    await somebodyWaits();
    return run;
  });
  await redeemed.opened;
  const acting = act();
  expect(await redeeming).toEqual(ok());
  return acting;
}

const redeem = (...uses: readonly Parameters<typeof redeemIn>[2][number][]) =>
  redeemIn(shop, shop.ids.next<OrderId>(), uses, guest);
const limit = (id: PromotionId, limits: PromotionLimits) =>
  shop.pricing.run(SHOP, ({ promotions }) =>
    promotions
      .find(id)
      .andThen((promotion) => promotion.revise({ limits }, at))
      .andThen((promotion) => promotions.save(promotion)),
  );

describe('whoever changes a promotion while an order is placed', () => {
  it('waits, and counts that order against the first limit that it gets', async () => {
    const promotion = await givenPromotion(shop);
    const { id } = promotion.state;
    expect(await whileRedeeming([useOf(promotion)], () => limit(id, { total: 1 }))).toEqual(ok());
    expect((await redeem(useOf(promotion)))._unsafeUnwrapErr()).toMatchObject({ limit: 'total' });
    expect((await limit(id, { total: 2 })).isOk()).toBe(true);
    expect(await redeem(useOf(promotion))).toEqual(ok());
  });

  it('waits for an order that has read the limits and not counted yet', async () => {
    const promotion = await givenPromotion(shop);
    const coupon = await givenCoupon(shop, promotion, { singleUse: true });
    const held = latch();
    const letGo = latch();
    const holder = test.database.begin(async (sql) => {
      await sql`select id from pricing.coupons where id = ${coupon.state.id} for update`;
      held.open();
      await letGo.opened;
    });
    await held.opened;
    const ordering = redeem(useOf(promotion, coupon));
    await somebodyWaits();
    const limiting = limit(promotion.state.id, { total: 1 });
    await somebodyWaits(2);
    letGo.open();
    await holder;
    expect([await ordering, await limiting]).toEqual([ok(), ok()]);
    expect((await redeem(useOf(promotion)))._unsafeUnwrapErr()).toMatchObject({ limit: 'total' });
  });

  it('waits, and finds a coupon used that it makes one for a single use', async () => {
    const promotion = await givenPromotion(shop);
    const coupon = await givenCoupon(shop, promotion);
    const makeSingle = (id: CouponId) =>
      shop.pricing.run(SHOP, ({ coupons }) =>
        coupons
          .find(id)
          .andThen((found) => found.revise({ singleUse: true }, at))
          .andThen((revised) => coupons.save(revised)),
      );
    const use = useOf(promotion, coupon);
    expect(await whileRedeeming([use], () => makeSingle(coupon.state.id))).toEqual(ok());
    expect((await redeem(use))._unsafeUnwrapErr()).toMatchObject({ limit: 'single_use' });
  });
});

describe('orders with a promotion that has no limit', () => {
  it('do not wait for each other', async () => {
    const promotion = await givenPromotion(shop);
    const mayEnd = latch();
    const redeemed = latch();
    const first = shop.pricing.run(SHOP, async (tx) => {
      const run = await tx.uses.redeem(shop.ids.next<OrderId>(), [useOf(promotion)], guest, at);
      redeemed.open();
      await mayEnd.opened;
      return run;
    });
    await redeemed.opened;
    expect(await redeem(useOf(promotion))).toEqual(ok());
    mayEnd.open();
    expect(await first).toEqual(ok());
  });
});
