import { err, ok, okAsync } from 'neverthrow';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { MovingClock, SHOP } from '@kastoma/application/testing';

import { countStatements } from '../testing/counted-statements.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import type { LastWrites } from './last-writes.ts';
import { PostgresUnitOfWork } from './unit-of-work.ts';

let test: TestDatabase;
let unitOfWork: PostgresUnitOfWork<{ last: LastWrites; read: () => Promise<readonly unknown[]> }>;

const seed = (name: string) => ({ name, planted_at: new Date(0) });

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
  unitOfWork = new PostgresUnitOfWork(test.database, new MovingClock(), ({ sql, last }) => ({
    last,
    read: async () => sql`select name from core.seeds order by name`,
  }));
});
beforeEach(() => test.database`truncate core.seeds`);
afterAll(() => test.drop());

const stored = async () =>
  (await test.database<{ name: string }[]>`select name from core.seeds order by name`).map(
    ({ name }) => name,
  );
const rename = (from: string, to: string) =>
  test.database`update core.seeds set name = ${to} where name = ${from} returning name`;

describe('what a piece of work writes last', () => {
  it('goes in one statement, however much it is', async () => {
    const { statements } = await countStatements(test.database, () =>
      unitOfWork
        .run(SHOP, async ({ last }) => {
          last.insert('core.seeds', [seed('a'), seed('b')]);
          last.insert('core.seeds', [seed('c')]);
          last.insert('core.seeds', []);
          return ok();
        })
        .match(
          () => undefined,
          () => undefined,
        ),
    );
    expect(statements).toHaveLength(3);
    expect(await stored()).toEqual(['a', 'b', 'c']);
  });

  it('is nothing where nothing was written', async () => {
    const { statements } = await countStatements(test.database, async () =>
      unitOfWork.run(SHOP, () => okAsync()),
    );
    expect(statements).toHaveLength(2);
  });

  it('is not written where the work failed', async () => {
    const run = await unitOfWork.run(SHOP, async ({ last }) => {
      last.insert('core.seeds', [seed('a')]);
      return err({ code: 'test.refused' as const });
    });
    expect(run).toEqual(err({ code: 'test.refused' }));
    expect(await stored()).toEqual([]);
  });

  it('is sent before by whoever looks at it, and only then', async () => {
    const seen: unknown[] = [];
    const run = await unitOfWork.run(SHOP, async ({ last, read }) => {
      last.insert('core.seeds', [seed('a')]);
      await last.sendBefore('core.outbox');
      seen.push((await read()).length);
      await last.sendBefore('core.seeds');
      seen.push((await read()).length);
      return ok();
    });
    expect(run).toEqual(ok());
    expect(seen).toEqual([0, 1]);
    expect(await stored()).toEqual(['a']);
  });

  it('is sent part by part where two go by one name', async () => {
    await test.database`insert into core.seeds ${test.database([seed('a')])}`;
    const run = await unitOfWork.run(SHOP, async ({ last }) => {
      await last.add({ renamed: { sql: rename('a', 'b') as never, rows: 1 } });
      await last.add({ renamed: { sql: rename('b', 'c') as never, rows: 1 } });
      return ok();
    });
    expect(run.isOk()).toBe(true);
    expect(await stored()).toEqual(['c']);
  });

  it('is done anew when it did not find what it was to change, and leaves nothing where it never does', async () => {
    let attempts = 0;
    const run = await unitOfWork.run(SHOP, async ({ last }) => {
      attempts += 1;
      last.insert('core.seeds', [seed(`attempt ${attempts}`)]);
      const name = attempts < 3 ? 'nobody' : 'attempt 0';
      if (attempts === 2)
        await test.database`insert into core.seeds ${test.database([seed('attempt 0')])}`;
      await last.add({ renamed: { sql: rename(name, 'found') as never, rows: 1 } });
      return ok(attempts);
    });
    expect(run).toEqual(ok(3));
    expect(await stored()).toEqual(['attempt 3', 'found']);
    const never = await unitOfWork.run(SHOP, async ({ last }) => {
      last.insert('core.seeds', [seed('never')]);
      await last.add({ renamed: { sql: rename('nobody', 'found') as never, rows: 1 } });
      return ok();
    });
    expect(never).toEqual(err({ code: 'core.concurrent_update' }));
    expect(await stored()).toEqual(['attempt 3', 'found']);
  });
});
