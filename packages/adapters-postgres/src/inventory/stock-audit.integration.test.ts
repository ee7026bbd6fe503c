import type { Result } from 'neverthrow';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import type { InventoryTx, StockInvariant } from '@kastoma/application/inventory';
import { givenVariant, SHOP, times, type ShopPorts } from '@kastoma/application/testing';
import type { Instant, VariantId } from '@kastoma/domain/core';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { PostgresStockAudit } from './stock-audit.postgres-queries.ts';

let test: TestDatabase;
let shop: ShopPorts;
let audit: PostgresStockAudit;
let variantId: VariantId;

const causeOf = (reference: string) => ({
  reference,
  actor: 'system',
  reason: 'A test',
  at: 0 as Instant,
});

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 8 });
  shop = postgresShop(test.database);
  audit = new PostgresStockAudit(test.database);
  variantId = (await givenVariant(shop, 20)).variantId;
  await givenVariant(shop, 0);
  const runs = await times(30, (index) => {
    const cause = causeOf(`order:${index % 10}`);
    const demand = [{ variantId, quantity: 1 + (index % 2) }];
    const work = async ({ ledger }: InventoryTx): Promise<Result<unknown, { code: string }>> =>
      index % 5 === 0
        ? ledger.release(cause)
        : index % 3 === 0
          ? ledger.fulfil(demand, cause)
          : ledger.reserve(demand, cause);
    return shop.inventory.run(SHOP, work);
  });
  expect(runs.some((run) => run.isOk())).toBe(true);
  const last = shop.inventory.run(SHOP, ({ ledger }) =>
    ledger
      .release(causeOf('order:1'))
      .andThen(() => ledger.reserve([{ variantId, quantity: 2 }], causeOf('order:last')))
      .andThen(() => ledger.fulfil([{ variantId, quantity: 1 }], causeOf('order:last'))),
  );
  expect((await last).isOk()).toBe(true);
});

afterAll(() => test.drop());

const breaks: readonly [StockInvariant, string][] = [
  [
    'on_hand_is_the_sum_of_its_deltas',
    'update inventory.stock set on_hand = on_hand + 1 where reserved > 0',
  ],
  [
    'reserved_is_the_sum_of_its_deltas',
    'update inventory.stock set reserved = reserved - 1 where reserved > 0',
  ],
  [
    'movements_follow_each_other',
    'update inventory.movements set on_hand_after = on_hand_after + 1 where sequence = 1',
  ],
  [
    'reserved_is_what_reservations_hold',
    `update inventory.reservations set released = released + 1 where reference = 'order:last'`,
  ],
  [
    'reservation_is_the_sum_of_its_movements',
    `update inventory.reservations set quantity = quantity + 1, fulfilled = fulfilled + 1
     where reference = 'order:last'`,
  ],
  [
    'reservation_is_the_sum_of_its_movements',
    `update inventory.movements set reference = 'order:nobody'
     where reference = 'order:last' and type = 'reservation'`,
  ],
  [
    'available_is_what_the_mode_allows',
    `alter table inventory.stock drop constraint stock_available_check;
     update inventory.stock set reserved = on_hand + 1`,
  ],
];

/** As it is after a change that no transaction keeps. */
async function invariantsBrokenBy(change: string): Promise<ReadonlySet<string>> {
  let broken: ReadonlySet<string> = new Set();
  const undone = new Error('undone');
  const changed = test.database.begin(async (sql) => {
    await sql.unsafe(change);
    const found = await new PostgresStockAudit(sql).discrepancies(100);
    broken = new Set(found.map(({ invariant }) => invariant));
    throw undone;
  });
  await expect(changed).rejects.toBe(undone);
  return broken;
}

describe('the check of the books', () => {
  it('finds nothing where orders came, went and were shipped at once', async () => {
    expect(await audit.discrepancies(100)).toEqual([]);
    const [{ count } = { count: 0 }] = await test.database<{ count: number }[]>`
      select count(*)::integer as count from inventory.movements
    `;
    expect(count).toBeGreaterThan(10);
  });

  it.each(breaks)('sees that %s no longer holds', async (invariant, change) => {
    expect(await invariantsBrokenBy(change)).toContain(invariant);
    expect(await audit.discrepancies(1)).toEqual([]);
  });

  it('finds nothing after a promise that the version before this one made', async () => {
    const old = (await givenVariant(shop, 5)).variantId;
    await test.database`
      with taken as (
        update inventory.stock set reserved = reserved + 2, version = version + 1
        where variant_id = ${old} and on_hand - reserved >= 2
        returning variant_id, on_hand, reserved
      )
      insert into inventory.movements (
        id, variant_id, type, on_hand_delta, reserved_delta, on_hand_after, reserved_after,
        reference, actor, reason, occurred_at
      )
      select
        gen_random_uuid(), variant_id, 'reservation', 0, 2, on_hand, reserved, 'order:old', 'user:1',
        'Order placed', now()
      from taken
    `;
    expect(await audit.discrepancies(100)).toEqual([]);
    const released = shop.inventory.run(SHOP, ({ ledger }) => ledger.release(causeOf('order:old')));
    expect((await released)._unsafeUnwrap()).toEqual([{ variantId: old, quantity: 2 }]);
    expect(await audit.discrepancies(100)).toEqual([]);
  });
});
