import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { withAdvisoryLock } from './advisory-lock.ts';
import { isDatabaseUnavailable, openDatabase, pingDatabase } from './database.ts';
import { countUpTo, pageOf } from './paging.ts';
import { isSeedPlanted, recordSeed } from './seeds.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 6 });
});

afterAll(async () => {
  await test.drop();
});

describe('whether the database can be used', () => {
  it('is no question while it answers', async () => {
    await expect(pingDatabase(test.database)).resolves.toBeUndefined();
  });

  it('is told from a defect: nobody listens, it hung up, it took too long', async () => {
    const nobody = openDatabase({
      url: 'postgres://nobody@127.0.0.1:1/nothing',
      poolSize: 1,
      applicationName: 'test',
    });
    await expectUnavailable(() => nobody`select 1`);

    const ended = openDatabase({ url: test.url, poolSize: 1, applicationName: 'test' });
    await ended.end();
    await expectUnavailable(() => ended`select 1`);

    const other = openDatabase({ url: test.url, poolSize: 1, applicationName: 'test' });
    await expectUnavailable(() => other`select pg_terminate_backend(pg_backend_pid())`);
    await expectUnavailable(() =>
      other.begin(async (sql) => {
        await sql`set local statement_timeout = 50`;
        await sql`select pg_sleep(5)`;
      }),
    );
    await other.end();
  });

  it('is not in doubt after a statement that is wrong', async () => {
    const error: unknown = await test.database`select * from nothing`.catch(
      (failure: unknown) => failure,
    );
    expect(error).toMatchObject({ code: '42P01' });
    expect(isDatabaseUnavailable(error)).toBe(false);
    expect(isDatabaseUnavailable(new Error('no code'))).toBe(false);
    expect(isDatabaseUnavailable({ code: 'ECONNREFUSED' })).toBe(false);
  });
});

describe('a lock on the whole database', () => {
  it('lets one at a time work, and gives way when the work fails', async () => {
    let atWork = 0;
    let most = 0;
    const work = async (index: number) => {
      atWork += 1;
      most = Math.max(most, atWork);
      await pause(20);
      atWork -= 1;
      if (index === 1) throw new Error('a defect');
      return index;
    };
    const runs = await Promise.allSettled(
      [0, 1, 2].map((index) => withAdvisoryLock(test.database, 'seeds', () => work(index))),
    );
    expect(runs.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(most).toBe(1);
  });

  it('does not keep others from another one', async () => {
    const both = withAdvisoryLock(test.database, 'seeds', () =>
      withAdvisoryLock(test.database, 'migrations', async () => 'both held'),
    );
    expect(await both).toBe('both held');
  });

  it('leaves the limits of its connection as they were', async () => {
    const { url } = test;
    const pair = openDatabase({ url, poolSize: 2, applicationName: 'pair' });
    await withAdvisoryLock(pair, 'seeds', async () => pair`select 1`);
    const limits = await Promise.all([pair, pair].map((sql) => sql`show statement_timeout`));
    expect(limits.flat()).toEqual([{ statement_timeout: '30s' }, { statement_timeout: '30s' }]);
    await pair.end();
  });
});

describe('a count', () => {
  it('is exact up to ten thousand, and says so when it is not', async () => {
    const { database: sql } = test;
    const upTo = (rows: number) => countUpTo(sql, sql`from generate_series(1, ${rows}::int)`);
    expect(pageOf([], await upTo(0))).toEqual({ items: [], count: 0, countIsExact: true });
    expect(pageOf([], await upTo(10_000))).toMatchObject({ count: 10_000, countIsExact: true });
    expect(pageOf([], await upTo(10_001))).toMatchObject({ count: 10_000, countIsExact: false });
    expect(pageOf([], await upTo(20_000))).toMatchObject({ count: 10_000, countIsExact: false });
  });
});

describe('what a new shop starts with', () => {
  it('is known to have been put there, part by part', async () => {
    expect(await isSeedPlanted(test.database, 'catalogue')).toBe(false);
    await recordSeed(test.database, 'catalogue');
    expect(await isSeedPlanted(test.database, 'catalogue')).toBe(true);
    expect(await isSeedPlanted(test.database, 'customers')).toBe(false);
    await expect(recordSeed(test.database, 'catalogue')).rejects.toMatchObject({ code: '23505' });
  });
});

async function expectUnavailable(query: () => PromiseLike<unknown>): Promise<void> {
  const error: unknown = await Promise.resolve(query()).then(
    () => 'it answered',
    (failure: unknown) => failure,
  );
  expect(error).toBeInstanceOf(Error);
  expect(isDatabaseUnavailable(error)).toBe(true);
}
