import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { personalDataContract } from '@kastoma/application/testing';
import type { UserId } from '@kastoma/domain/core';

import { postgresShopsOn } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { PERSONAL_TABLES, PostgresPersonalData } from './personal-data.read-view.ts';

personalDataContract(postgresShopsOn(inject('postgresUrl')));

describe('the list of tables that hold something of people', () => {
  const listed = PERSONAL_TABLES.map(({ table }) => table);
  let test: TestDatabase;

  beforeAll(async () => {
    test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
  });

  afterAll(() => test.drop());

  it('names every table that points at an account', async () => {
    const rows = await test.database<{ name: string }[]>`
      select distinct format('%I.%I', namespace.nspname, class.relname) as name
      from pg_constraint
      join pg_class class on class.oid = pg_constraint.conrelid
      join pg_namespace namespace on namespace.oid = class.relnamespace
      where contype = 'f' and confrelid = 'identity.users'::regclass
    `;
    const missing = rows.map(({ name }) => name).filter((name) => !listed.includes(name));
    expect(missing).toEqual([]);
  });

  it('names each once, under a name of its own, and withholds only what is there', async () => {
    expect(new Set(listed).size).toBe(listed.length);
    expect(new Set(PERSONAL_TABLES.map(({ records }) => records)).size).toBe(listed.length);
    for (const { table, withheld = [] } of PERSONAL_TABLES) {
      const rows = await test.database<{ name: string }[]>`
        select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0
      `;
      expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining([...withheld]));
    }
  });

  it('shows whoever bought something how it went with the events of their orders', async () => {
    const sql = test.database;
    const customer = '0199c0de-0000-7000-8000-00000000000a' as UserId;
    const event = {
      id: '0199c0de-0000-7000-8000-00000000000b',
      type: 'ordering.order_placed',
      schema_version: 1,
      aggregate_id: '0199c0de-0000-7000-8000-00000000000c',
      aggregate_version: 1,
      occurred_at: new Date(),
      correlation_id: 'asked',
      actor: 'system',
      payload: { customerId: customer },
    };
    await sql`insert into core.outbox ${sql(event as never)}`;
    await sql`
      insert into core.deliveries
        (event_id, consumer, event_type, aggregate_id, aggregate_version, due_at)
      values (${event.id}, 'test.consumer', ${event.type}, ${event.aggregate_id}, 1, now())
    `;
    const records = await new PostgresPersonalData(sql).collect(customer);
    expect(records['events']).toHaveLength(1);
    expect(records['event_deliveries']).toMatchObject([{ event_id: event.id }]);
  });
});
