import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { countStatements } from './counted-statements.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 3 });
});
afterAll(() => test.drop());

describe('the statements of a piece of work', () => {
  it('are counted over all connections, those of a transaction with its beginning and its end', async () => {
    const { database } = test;
    await database`select 'before'`;
    const { value, statements } = await countStatements(database, async () => {
      await Promise.all([database`select 1`, database`select ${2}::integer`]);
      await database.begin((sql) => sql`select 3`);
      return 'done';
    });
    await database`select 'after'`;
    expect(value).toBe('done');
    expect(statements.slice(0, 2).toSorted()).toEqual(['select $1::integer', 'select 1']);
    expect(statements[2]).toMatch(/^begin/);
    expect(statements.slice(3)).toEqual(['select 3', 'commit']);
  });

  it('are none any more when the work has failed', async () => {
    const { database } = test;
    const failing = countStatements(database, async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const { statements } = await countStatements(database, async () => undefined);
    await database`select 1`;
    expect(statements).toEqual([]);
  });
});
