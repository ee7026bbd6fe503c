import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { personalDataContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { PERSONAL_TABLES } from './personal-data.read-view.ts';

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
});
