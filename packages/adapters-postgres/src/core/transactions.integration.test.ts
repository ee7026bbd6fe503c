import { setTimeout as pause } from 'node:timers/promises';

import { err, ok } from 'neverthrow';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { aCart, latch, MovingClock, SHOP, underKey } from '@kastoma/application/testing';
import type { UserId } from '@kastoma/domain/core';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { openDatabase, type Database, type Queryable } from './database.ts';
import { PostgresUnitOfWork } from './unit-of-work.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 5 });
  await test.database`create table notes (id integer primary key, text text not null)`;
  await test.database`insert into notes values (1, ''), (2, '')`;
});

afterAll(async () => {
  await test.drop();
});

describe('a transaction on PostgreSQL', () => {
  it('is done again when two wait for each other in a circle', async () => {
    const unitOfWork = unitOfWorkOn(test.database);
    const bothHoldOne = [latch(), latch()] as const;
    let attempts = 0;
    const write = (mine: 0 | 1) => {
      const [first, last] = mine === 0 ? [1, 2] : [2, 1];
      return unitOfWork.run(SHOP, async ({ sql }) => {
        attempts += 1;
        await sql`update notes set text = text || 'x' where id = ${first}`;
        bothHoldOne[mine].open();
        await Promise.all(bothHoldOne.map(({ opened }) => opened));
        await sql`update notes set text = text || 'x' where id = ${last}`;
        return ok('written');
      });
    };
    expect(await Promise.all([write(0), write(1)])).toEqual([ok('written'), ok('written')]);
    expect(attempts).toBe(3);
    expect(await test.database`select text from notes order by id`).toEqual([
      { text: 'xx' },
      { text: 'xx' },
    ]);
  });

  it('is done again after a serialization failure', async () => {
    let attempts = 0;
    const run = await unitOfWorkOn(test.database).run(SHOP, async ({ sql }) => {
      attempts += 1;
      if (attempts < 3) await sql.unsafe("do $$ begin raise sqlstate '40001'; end $$");
      return ok(attempts);
    });
    expect(run).toEqual(ok(3));
  });

  it.each(['40001', '40P01'])(
    'is a concurrent update when %s does not end, however often it is done again',
    async (state) => {
      let attempts = 0;
      const run = await unitOfWorkOn(test.database).run(SHOP, async ({ sql }) => {
        attempts += 1;
        await sql.unsafe(`do $$ begin raise sqlstate '${state}'; end $$`);
        return ok(attempts);
      });
      expect(run).toEqual(err({ code: 'core.concurrent_update' }));
      expect(attempts).toBeGreaterThan(3);
    },
  );

  it('lets a statement that the database refuses be seen as the defect it is, once', async () => {
    let attempts = 0;
    const run = unitOfWorkOn(test.database).run(SHOP, async ({ sql }) => {
      attempts += 1;
      await sql`insert into notes values (3, 'three')`;
      await sql`insert into notes values (1, 'one again')`;
      return ok();
    });
    await expect(Promise.resolve(run)).rejects.toMatchObject({ code: '23505' });
    expect(attempts).toBe(1);
    expect(await test.database`select id from notes where id = 3`).toEqual([]);
  });

  it('lets a repository’s statement that the database refuses be seen, too', async () => {
    const shop = postgresShop(test.database);
    const nobody = shop.ids.next<UserId>();
    const run = shop.ordering.run(SHOP, ({ carts }) => carts.save(aCart(nobody)));
    await expect(Promise.resolve(run)).rejects.toMatchObject({ code: '23503' });
  });

  it('does not commit when the work forgives itself a statement that failed', async () => {
    const run = unitOfWorkOn(test.database).run(SHOP, async ({ sql }) => {
      await sql`insert into notes values (4, 'four')`;
      await sql`insert into notes values (1, 'one again')`.catch(() => undefined);
      return ok();
    });
    await expect(Promise.resolve(run)).rejects.toMatchObject({ code: '23505' });
    expect(await test.database`select id from notes where id = 4`).toEqual([]);
  });

  it('gives its connection back, however it ends', async () => {
    const { url } = test;
    const single = openDatabase({ url, poolSize: 1, applicationName: 'single' });
    const unitOfWork = unitOfWorkOn(single);
    const broken = unitOfWork.run(SHOP, async () => {
      throw new Error('a defect');
    });
    await expect(Promise.resolve(broken)).rejects.toThrow('a defect');
    expect(await unitOfWork.run(SHOP, async () => err({ code: 'test.refused' }))).toEqual(
      err({ code: 'test.refused' }),
    );
    expect(await unitOfWork.run(SHOP, async () => ok('done'))).toEqual(ok('done'));
    await single.end();
  });

  it('waits for a connection of its own while all of them are busy with statements', async () => {
    const { url } = test;
    const pair = openDatabase({ url, poolSize: 2, applicationName: 'pair' });
    const unitOfWork = unitOfWorkOn(pair);
    const occupy = () => Promise.all([0, 1].map(() => pair`select pg_sleep(0.2)`));
    // Statements that the connections know already leave room behind them, and a transaction is tempted.
    await occupy();
    const occupied = occupy();
    await pause(50);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => unitOfWork.run(SHOP, async () => ok(index))),
    );
    expect(answers).toEqual(answers.map((_, index) => ok(index)));
    await occupied;
    await pair.end();
  });

  it('sees what others committed, whatever isolation the database prefers', async () => {
    const strict = openDatabase({
      url: `${test.url}?default_transaction_isolation=serializable`,
      poolSize: 4,
      applicationName: 'strict',
    });
    const unitOfWork = unitOfWorkOn(strict);
    const isolation = await unitOfWork.run(SHOP, async ({ sql }) =>
      ok((await sql<{ level: string }[]>`show transaction_isolation`)[0]),
    );
    expect(isolation).toEqual(ok({ transaction_isolation: 'read committed' }));
    const context = underKey(SHOP, 'strict');
    const work = async () => ok('done');
    expect(await unitOfWork.run(context, work)).toEqual(ok('done'));
    expect(await unitOfWork.run(context, work)).toMatchObject({
      error: { code: 'core.idempotent_replay' },
    });
    await strict.end();
  });
});

function unitOfWorkOn(database: Database): PostgresUnitOfWork<{ sql: Queryable }> {
  return new PostgresUnitOfWork(database, new MovingClock(), ({ sql }) => ({ sql }));
}
