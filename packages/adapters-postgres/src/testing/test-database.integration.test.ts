import { describe, expect, inject, it } from 'vitest';

import { openDatabase } from '../core/database.ts';
import { createTestDatabase } from './test-database.ts';

const serverUrl = inject('postgresUrl');

describe('a database for a suite', () => {
  it('is migrated, is nobody else’s, and is gone when the suite drops it', async () => {
    const [mine, yours] = await Promise.all([
      createTestDatabase(serverUrl),
      createTestDatabase(serverUrl),
    ]);
    await mine.database`insert into core.seeds (name, planted_at) values ('mine', now())`;
    expect(await mine.database`select name from core.seeds`).toEqual([{ name: 'mine' }]);
    expect(await yours.database`select name from core.seeds`).toEqual([]);

    await Promise.all([mine.drop(), yours.drop()]);
    expect(await databasesNamed(mine.url, yours.url)).toEqual([]);
  });

  it('is empty for those who test the migrations', async () => {
    const empty = await createTestDatabase(serverUrl, { migrated: false });
    expect(await empty.database`select to_regclass('core.migrations') as present`).toEqual([
      { present: null },
    ]);
    await empty.drop();
  });

  it('goes away even while somebody is connected to it', async () => {
    const { url, drop } = await createTestDatabase(serverUrl);
    const visitor = openDatabase({ url, poolSize: 1, applicationName: 'visitor' });
    await visitor`select 1`;
    await drop();
    expect(await databasesNamed(url)).toEqual([]);
    await visitor.end({ timeout: 1 });
  });
});

async function databasesNamed(...urls: readonly string[]): Promise<readonly unknown[]> {
  const names = urls.map((url) => new URL(url).pathname.slice(1));
  const server = openDatabase({ url: serverUrl, poolSize: 1, applicationName: 'kastoma-test' });
  const found = await server`select datname from pg_database where datname = any(${names})`;
  await server.end({ timeout: 5 });
  return found;
}
