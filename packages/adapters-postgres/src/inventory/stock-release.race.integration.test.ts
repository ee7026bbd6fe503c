import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  expectToAddUp,
  givenVariant,
  latch,
  SHOP,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { Instant, VariantId } from '@kastoma/domain/core';
import { addUpDemand, type Demand } from '@kastoma/domain/inventory';

import { Outbox } from '../core/outbox.ts';
import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { PostgresStockLedger } from './stock.postgres-ledger.ts';

const cause = { reference: 'order:1', actor: 'user:1', reason: 'Order placed', at: 0 as Instant };

let test: TestDatabase;
let shop: ShopPorts;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 4 });
  shop = postgresShop(test.database);
});

afterAll(() => test.drop());

const reserveAs = (reference: string, ...demand: readonly Demand[]) =>
  shop.inventory.run(SHOP, ({ ledger }) =>
    ledger.reserve(addUpDemand(demand), { ...cause, reference }),
  );
const reserve = (...demand: readonly Demand[]) =>
  shop.inventory.run(SHOP, ({ ledger }) => ledger.reserve(addUpDemand(demand), cause));
const stockOf = async (variantId: VariantId) =>
  (await shop.stockQueries.find(variantId))._unsafeUnwrap();

/** Until somebody waits for a lock in this database. */
async function somebodyWaits(): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const waiting = await test.database`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
    `;
    if (waiting.count > 0) return;
    await pause(10);
  }
  throw new Error('Nobody waits for a lock.');
}

/** Holds X, gives back so many units of Y while somebody waits for X, and lets go. */
async function whileSomebodyHolds(
  x: VariantId,
  { back, of: y }: { readonly back: number; readonly of: VariantId },
  act: () => PromiseLike<unknown>,
): Promise<void> {
  const held = latch();
  const letGo = latch();
  const holder = test.database.begin(async (sql) => {
    await sql`update inventory.stock set version = version + 1 where variant_id = ${x}`;
    const outbox = new Outbox(sql, SHOP, shop.ids);
    const ledger = new PostgresStockLedger(sql, outbox, shop.ids);
    const released = await ledger.release({ ...cause, reference: `order:${back}` });
    expect(released._unsafeUnwrap()).toEqual([{ variantId: y, quantity: back }]);
    held.open();
    await letGo.opened;
  });
  await held.opened;
  const acting = act();
  await somebodyWaits();
  letGo.open();
  await Promise.all([holder, acting]);
}

/** Two variants, in the order in which their rows are locked. */
async function twoVariants(units: number): Promise<readonly [VariantId, VariantId]> {
  const one = (await givenVariant(shop, units)).variantId;
  const two = (await givenVariant(shop, units)).variantId;
  return one < two ? [one, two] : [two, one];
}

describe('whoever waits for stock', () => {
  it('gets the units that were given back in the meantime', async () => {
    const [x, y] = await twoVariants(5);
    expect((await reserveAs('order:5', { variantId: y, quantity: 5 })).isOk()).toBe(true);
    let outcome: Awaited<ReturnType<typeof reserve>> | undefined;
    await whileSomebodyHolds(x, { back: 5, of: y }, async () => {
      outcome = await reserve({ variantId: x, quantity: 1 }, { variantId: y, quantity: 5 });
    });
    expect(outcome?.isOk()).toBe(true);
    expect(await stockOf(y)).toMatchObject({ onHand: 5, reserved: 5, available: 0 });
    expect(await stockOf(x)).toMatchObject({ reserved: 1 });
    await expectToAddUp(shop, y);
  });

  it('is told how many there are when its turn has come, and not how many there were', async () => {
    const [x, y] = await twoVariants(5);
    expect((await reserveAs('order:3', { variantId: y, quantity: 3 })).isOk()).toBe(true);
    expect((await reserve({ variantId: y, quantity: 2 })).isOk()).toBe(true);
    let outcome: Awaited<ReturnType<typeof reserve>> | undefined;
    await whileSomebodyHolds(x, { back: 3, of: y }, async () => {
      outcome = await reserve({ variantId: x, quantity: 1 }, { variantId: y, quantity: 5 });
    });
    expect(outcome?._unsafeUnwrapErr()).toEqual({
      code: 'inventory.insufficient_stock',
      shortages: [{ variantId: y, requested: 5, available: 3 }],
    });
    expect(await stockOf(x)).toMatchObject({ reserved: 0 });
    await expectToAddUp(shop, y);
  });

  it('holds what it was refused until its transaction ends: the number it was told stays true', async () => {
    const { variantId } = await givenVariant(shop, 5);
    const refused = latch();
    const mayEnd = latch();
    const first = shop.inventory.run(SHOP, async ({ ledger }) => {
      const run = await ledger.reserve([{ variantId, quantity: 6 }], cause);
      refused.open();
      await mayEnd.opened;
      return run;
    });
    await refused.opened;
    const second = reserve({ variantId, quantity: 1 });
    await somebodyWaits();
    mayEnd.open();
    expect((await first)._unsafeUnwrapErr()).toMatchObject({ shortages: [{ available: 5 }] });
    expect((await second).isOk()).toBe(true);
  });
});
