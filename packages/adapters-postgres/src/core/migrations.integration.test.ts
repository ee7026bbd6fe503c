import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, inject, it, onTestFinished } from 'vitest';

import { createTestDatabase } from '../testing/test-database.ts';
import { openDatabase, type Database } from './database.ts';
import { migrate, MigrationRefused, pendingMigrations } from './migrations.ts';

const serverUrl = inject('postgresUrl');

const first = { '0001_shelves.sql': 'create table shelves (id integer primary key);' };
const second = {
  '0002_books.sql': 'create table books (id integer primary key references shelves);',
};

describe('migrations', () => {
  it('bring a new database up to date, once', async () => {
    const { database } = await emptyDatabase();
    const folder = join(import.meta.dirname, '../../migrations');
    const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
    expect(await pendingMigrations(database)).toEqual(names);
    expect(await migrate(database)).toEqual(names);
    expect(await pendingMigrations(database)).toEqual([]);
    expect(await migrate(database)).toEqual([]);
    expect(await appliedIn(database)).toEqual(names);
  });

  it('run once when several replicas start at once', async () => {
    const { url, database } = await emptyDatabase();
    const replicas = Array.from({ length: 5 }, () =>
      openDatabase({ url, poolSize: 2, applicationName: 'replica' }),
    );
    const applied = await Promise.all(replicas.map((replica) => migrate(replica)));
    await Promise.all(replicas.map((replica) => replica.end()));
    expect(applied.filter((names) => names.length > 0)).toEqual([await appliedIn(database)]);
  });

  it('apply only what is new, in the order of the names', async () => {
    const { database } = await emptyDatabase();
    expect(await migrate(database, { folder: await folderOf(first) })).toEqual([
      '0001_shelves.sql',
    ]);
    const both = await folderOf({ ...second, ...first });
    expect(await pendingMigrations(database, both)).toEqual(['0002_books.sql']);
    expect(await migrate(database, { folder: both })).toEqual(['0002_books.sql']);
  });

  it('refuse a file that was changed after it was applied', async () => {
    const { database } = await emptyDatabase();
    await migrate(database, { folder: await folderOf(first) });
    const changed = await folderOf({ '0001_shelves.sql': '-- another text', ...second });
    await expectRefusal(database, changed, /0001_shelves\.sql was changed after it was applied/);
    expect(await tablesIn(database)).not.toContain('books');
  });

  it('let the version before start on what a newer one has added, so that it can come back', async () => {
    const { database } = await emptyDatabase();
    await migrate(database, { folder: await folderOf({ ...first, ...second }) });
    expect(await migrate(database, { folder: await folderOf(first) })).toEqual([]);
  });

  it('refuse a database from which a newer version has taken something away', async () => {
    const { database } = await emptyDatabase();
    const contraction = { '0002_contract_shelves.sql': 'drop table shelves;' };
    await migrate(database, { folder: await folderOf({ ...first, ...contraction }) });
    await expectRefusal(database, await folderOf(first), /0002_contract_shelves\.sql, which this/);
  });

  it('refuse a database with a migration between those of this version', async () => {
    const { database } = await emptyDatabase();
    await migrate(database, { folder: await folderOf({ ...first, ...second }) });
    const others = await folderOf({ ...first, '0003_others.sql': 'create table others ();' });
    await expectRefusal(database, others, /0002_books\.sql, which this version/);
  });

  it('hold nobody up while they wait for a table, and go on when it is free', async () => {
    const { database } = await emptyDatabase();
    await migrate(database, { folder: await folderOf(first) });
    const reading = Promise.withResolvers<void>();
    const report = database.begin(async (transaction) => {
      await transaction`select from shelves`;
      await reading.promise;
    });
    const wider = { '0002_wider.sql': 'alter table shelves add column width integer;' };
    const folder = await folderOf({ ...first, ...wider });
    const migrating = migrate(database, { folder });
    await expect.poll(() => waitingIn(database), { timeout: 5_000 }).toBe(1);
    const begun = performance.now();
    await database`insert into shelves (id) values (1)`;
    expect(performance.now() - begun).toBeLessThan(1_900);

    const impatient = migrate(database, { folder, stop: AbortSignal.timeout(100) });
    await expect(impatient).rejects.toThrow('aborted');
    reading.resolve();
    await report;
    expect(await migrating).toEqual(['0002_wider.sql']);
  });

  it('give up on a table that nobody lets go of, and say so', async () => {
    const { database } = await emptyDatabase();
    await migrate(database, { folder: await folderOf(first) });
    const reading = Promise.withResolvers<void>();
    const report = database.begin(async (transaction) => {
      await transaction`select from shelves`;
      await reading.promise;
    });
    const folder = await folderOf({ ...first, '0002_gone.sql': 'drop table shelves;' });
    const refused = migrate(database, { folder, longestLockWaitMilliseconds: 1 });
    await expect(refused).rejects.toThrow(/0002_gone\.sql waits for a table/);
    await expect(refused).rejects.toBeInstanceOf(MigrationRefused);
    reading.resolve();
    await report;
    expect(await appliedIn(database)).toEqual(['0001_shelves.sql']);
  });

  it('make an index while others write, and again where one was left unfinished', async () => {
    const { database } = await emptyDatabase();
    await migrate(database, { folder: await folderOf(first) });
    await database`alter table shelves add column width integer`;
    await database`insert into shelves (id, width) values (1, 80), (2, 80)`;
    const index =
      'create unique index concurrently if not exists shelves_width on shelves (width);';
    const folder = await folderOf({ ...first, '0002_width.sql': `-- One of each.\n${index}\n` });
    await expect(migrate(database, { folder })).rejects.toThrow('could not create unique index');
    await database`update shelves set width = id`;
    expect(await migrate(database, { folder })).toEqual(['0002_width.sql']);
    const [made] = await database<{ valid: boolean }[]>`
      select indisvalid as valid from pg_index where indexrelid = 'shelves_width'::regclass
    `;
    expect(made?.valid).toBe(true);
  });

  it('refuse a file that slips in before what was applied already', async () => {
    const { database } = await emptyDatabase();
    await migrate(database, {
      folder: await folderOf({ '0002_shelves.sql': first['0001_shelves.sql'] }),
    });
    const late = await folderOf({
      '0001_late.sql': 'create table late ();',
      '0002_shelves.sql': first['0001_shelves.sql'],
    });
    await expectRefusal(database, late, /0001_late\.sql comes before 0002_shelves\.sql/);
    expect(await tablesIn(database)).not.toContain('late');
  });

  it('leave nothing of one that fails, keep those before it, and go on from there', async () => {
    const { database } = await emptyDatabase();
    const broken = {
      '0002_books.sql': 'create table books (id integer); insert into books values (1 / 0);',
    };
    const failing = migrate(database, { folder: await folderOf({ ...first, ...broken }) });
    await expect(failing).rejects.toThrow('division by zero');
    expect(await appliedIn(database)).toEqual(['0001_shelves.sql']);
    expect(await tablesIn(database)).not.toContain('books');

    const mended = await folderOf({ ...first, ...second });
    expect(await migrate(database, { folder: mended })).toEqual(['0002_books.sql']);
    expect(await tablesIn(database)).toContain('books');
  });

  it('may take longer than any other statement', async () => {
    const { url, database } = await emptyDatabase();
    const name = new URL(url).pathname.slice(1);
    const hasty = openDatabase({
      url: `${url}?statement_timeout=200`,
      poolSize: 2,
      applicationName: `hasty ${name}`,
    });
    await expect(hasty`select pg_sleep(0.4)`).rejects.toThrow('statement timeout');
    await migrate(hasty, { folder: await folderOf({ '0001_slow.sql': 'select pg_sleep(0.4);' }) });
    expect(await appliedIn(database)).toEqual(['0001_slow.sql']);
    await hasty.end();
  });
});

async function emptyDatabase() {
  const test = await createTestDatabase(serverUrl, { poolSize: 4, migrated: false });
  onTestFinished(test.drop);
  return test;
}

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kastoma-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql);
  await writeFile(join(folder, 'README.md'), 'Not a migration.');
  return folder;
}

async function expectRefusal(database: Database, folder: string, message: RegExp): Promise<void> {
  const refused = migrate(database, { folder });
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toBeInstanceOf(MigrationRefused);
}

async function waitingIn(database: Database): Promise<number> {
  const rows = await database`
    select from pg_locks where not granted and relation = 'shelves'::regclass
  `;
  return rows.count;
}

async function appliedIn(database: Database): Promise<readonly string[]> {
  const rows = await database<{ name: string }[]>`select name from core.migrations order by name`;
  return rows.map(({ name }) => name);
}

async function tablesIn(database: Database): Promise<readonly string[]> {
  const rows = await database<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public'
  `;
  return rows.map(({ name }) => name);
}
