import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { isDatabaseUnavailable, openDatabase, type Database, type Queryable } from './database.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 3 });
  await test.database`create table pairs (number integer not null, half text not null)`;
});

beforeEach(async () => {
  await test.database`truncate pairs`;
});

afterAll(async () => {
  await test.drop();
});

describe('a connection that is lost in the middle of a transaction', () => {
  it('ends the transaction and not the process, and the pool goes on', async () => {
    await withPool(1, async (pool) => {
      const whileAsking = pool.begin(async (sql) => {
        const pid = await backendOf(sql);
        await Promise.all([sql`select pg_sleep(5)`, kill(pid)]);
      });
      await expectLost(whileAsking);
      expect(await pool`select 1 as one`).toEqual([{ one: 1 }]);

      const betweenQuestions = pool.begin(async (sql) => {
        await kill(await backendOf(sql));
        await pause(100);
        await sql`insert into pairs values (1, 'lost')`;
      });
      await expectLost(betweenQuestions);
      expect(await pool`select 1 as one`).toEqual([{ one: 1 }]);
      expect(await test.database`select * from pairs`).toEqual([]);
    });
  });

  it('keeps what its work still asks for out of the transaction that has the connection next', async () => {
    await withPool(1, async (pool) => {
      let goOn: () => void = () => undefined;
      const mayGoOn = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      const afterwards: Promise<unknown>[] = [];
      const dead = pool.begin(async (sql) => {
        await kill(await backendOf(sql));
        await mayGoOn;
        // The work does not know yet that its transaction is over.
        afterwards.push(expectLost(sql`insert into pairs values (1, 'stray')`));
        afterwards.push(expectLost(sql`commit`));
        await Promise.all(afterwards);
      });
      await expectLost(dead);

      const refused = pool.begin(async (sql) => {
        await sql`insert into pairs values (2, 'taken back')`;
        goOn();
        await pause(100);
        throw new RangeError('no');
      });
      await expect(refused).rejects.toThrow(RangeError);
      expect(afterwards).toHaveLength(2);
      await Promise.all(afterwards);
      expect(await test.database`select * from pairs`).toEqual([]);
    });
  });

  it('leaves whole transactions or none, however many are cut off', async () => {
    await withPool(8, async (pool) => {
      const over = new AbortController();
      const cutting = (async () => {
        while (!over.signal.aborted) {
          await test.database`
            select pg_terminate_backend(pid)
            from pg_stat_activity
            where application_name = 'kastoma-lost' and datname = current_database()
            order by random()
            limit 2
          `;
          await pause(10);
        }
      })();
      const writes = Array.from({ length: 400 }, (_, number) =>
        pool
          .begin(async (sql) => {
            await sql`insert into pairs values (${number}, 'left')`;
            await pause(2);
            await sql`insert into pairs values (${number}, 'right')`;
          })
          .then(
            () => 'written',
            (error: unknown) => (isDatabaseUnavailable(error) ? 'lost' : error),
          ),
      );
      const outcomes = await Promise.all(writes);
      over.abort();
      await cutting;

      const told = new Set(outcomes);
      expect(told).toEqual(new Set(['written', 'lost']));
      const halves = await test.database<{ number: number; halves: number }[]>`
        select number, count(*)::int as halves from pairs group by number
      `;
      expect(halves.filter((row) => row.halves !== 2)).toEqual([]);
      const stored = new Set(halves.map((row) => row.number));
      const promised = outcomes.flatMap((outcome, number) =>
        outcome === 'written' ? [number] : [],
      );
      expect(promised.filter((number) => !stored.has(number))).toEqual([]);
      expect(await pool`select 1 as one`).toEqual([{ one: 1 }]);
    });
  });
});

async function withPool(poolSize: number, work: (pool: Database) => Promise<void>): Promise<void> {
  const pool = openDatabase({ url: test.url, poolSize, applicationName: 'kastoma-lost' });
  try {
    await work(pool);
  } finally {
    await pool.end({ timeout: 2 });
  }
}

async function backendOf(sql: Queryable): Promise<number> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return row?.pid ?? 0;
}

/** Ends a backend, and waits until it is gone. */
async function kill(pid: number): Promise<void> {
  await test.database`select pg_terminate_backend(${pid}, 5000)`;
}

async function expectLost(asked: PromiseLike<unknown>): Promise<void> {
  const error: unknown = await Promise.resolve(asked).then(
    () => 'answered',
    (reason: unknown) => reason,
  );
  expect(isDatabaseUnavailable(error)).toBe(true);
}
