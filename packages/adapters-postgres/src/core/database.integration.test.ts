import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import type { Currency } from '@kastoma/domain/core';

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { withAdvisoryLock } from './advisory-lock.ts';
import { isDatabaseUnavailable, openDatabase, pingDatabase } from './database.ts';
import { keepCurrency } from './opened-shop.ts';
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

  it('is not in doubt when something else fails: a file, a pipe, another socket', async () => {
    const missing: unknown = await readFile('/there/is/no/such/file').catch(
      (failure: unknown) => failure,
    );
    expect(missing).toMatchObject({ code: 'ENOENT', syscall: 'open' });
    expect(isDatabaseUnavailable(missing)).toBe(false);
    for (const [code, syscall] of [
      ['EPIPE', 'write'],
      ['ECONNRESET', 'read'],
    ]) {
      expect(isDatabaseUnavailable(Object.assign(new Error(code), { code, syscall }))).toBe(false);
    }
  });

  it('is known when its socket file or its host is not there, for a lock as for a query', async () => {
    for (const url of [
      'postgres://nobody@%2Fthere%2Fis%2Fno%2Fsuch%2Ffolder/nothing',
      'postgres://nobody@nowhere.invalid/nothing',
      'postgres://nobody@localhost:1/nothing',
    ]) {
      const nobody = openDatabase({ url, poolSize: 2, applicationName: 'test' });
      await expectUnavailable(() => nobody`select 1`);
      await expectUnavailable(() => nobody.begin((sql) => sql`select 1`));
      await expectUnavailable(() => nobody.reserve());
      await nobody.end({ timeout: 0 });
    }
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

  it('tells of the work that failed, not of the lock that went with its connection', async () => {
    const { url } = test;
    const pair = openDatabase({ url, poolSize: 2, applicationName: 'cut off' });
    const cutOff = withAdvisoryLock(pair, 'seeds', async () => {
      const { count } = await test.database`
        select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where application_name = 'cut off' and datname = current_database()
      `;
      expect(count).toBe(1);
      throw new Error('a defect');
    });
    await expect(cutOff).rejects.toThrow('a defect');
    const next = withAdvisoryLock(pair, 'seeds', async () => 'locked again');
    expect(await next).toBe('locked again');
    await pair.end({ timeout: 1 });
  });

  it('is waited for until somebody says to stop, and then nothing waits for it any more', async () => {
    const { url } = test;
    const waiting = openDatabase({ url, poolSize: 2, applicationName: 'waiting' });
    const stop = new AbortController();
    let worked = false;
    await withAdvisoryLock(test.database, 'seeds', async () => {
      const work = async () => {
        worked = true;
      };
      const waited = withAdvisoryLock(waiting, 'seeds', work, stop.signal);
      waited.catch(() => undefined);
      await pause(120);
      stop.abort();
      await expect(waited).rejects.toThrow('abort');
      const startedAt = performance.now();
      await waiting.end({ timeout: 5 });
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    });
    expect(worked).toBe(false);
  });

  it('does not keep others from another one', async () => {
    const both = withAdvisoryLock(test.database, 'seeds', () =>
      withAdvisoryLock(test.database, 'migrations', async () => 'both held'),
    );
    expect(await both).toBe('both held');
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

describe('the currency of a shop', () => {
  it('is the one that the first of many processes brings', async () => {
    const brought = ['EUR', 'GBP', 'USD', 'JPY', 'KWD', 'CHF'] as Currency[];
    const kept = await Promise.all(
      brought.map((currency) => keepCurrency(test.database, currency)),
    );
    expect(new Set(kept).size).toBe(1);
    expect(brought).toContain(kept[0]);
    const other = brought.find((currency) => currency !== kept[0]);
    expect(await keepCurrency(test.database, other ?? ('SEK' as Currency))).toBe(kept[0]);
    const second = test.database`insert into core.shop (only_one, currency, opened_at) values (false, 'SEK', now())`;
    await expect(Promise.resolve(second)).rejects.toMatchObject({ code: '23514' });
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
