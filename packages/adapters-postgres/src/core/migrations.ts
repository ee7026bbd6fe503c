import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { withAdvisoryLock } from './advisory-lock.ts';
import type { Database, Queryable } from './database.ts';

const MIGRATIONS_FOLDER = join(import.meta.dirname, '../../migrations');
const OLDEST_SERVER = 150_000;

/** The database cannot be brought up to date; the message names the remedy. */
export class MigrationRefused extends Error {}

type Migration = { readonly name: string; readonly sql: string; readonly sha256: string };

type MigrateOptions = {
  readonly folder?: string;
  /** Ends the wait for another process that migrates. */
  readonly stop?: AbortSignal | undefined;
};

/** Brings the database up to date: each migration once, in the order of the names, each in a transaction of its own. */
export async function migrate(
  database: Database,
  { folder = MIGRATIONS_FOLDER, stop }: MigrateOptions = {},
): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  const work = () => applyMigrations(database, migrations);
  return withAdvisoryLock(database, 'migrations', work, stop);
}

/** The names of the migrations that the database still lacks. */
export async function pendingMigrations(
  database: Database,
  folder: string = MIGRATIONS_FOLDER,
): Promise<readonly string[]> {
  const [known, applied] = await Promise.all([readMigrations(folder), readApplied(database)]);
  return known.map(({ name }) => name).filter((name) => !applied.has(name));
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function applyMigrations(
  database: Database,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  await requireSupportedServer(database);
  await database`create schema if not exists core`;
  await database`
    create table if not exists core.migrations (
      name text primary key,
      sha256 text not null,
      applied_at timestamptz not null default now()
    )
  `;
  const applied = await readApplied(database);
  refuseForeignHistory(migrations, applied);
  const missing = migrations.filter(({ name }) => !applied.has(name));
  for (const migration of missing) await apply(database, migration);
  return missing.map(({ name }) => name);
}

async function apply(database: Database, { name, sql, sha256 }: Migration): Promise<void> {
  await database.begin(async (transaction) => {
    await transaction`set local statement_timeout = 0`;
    await transaction.unsafe(sql);
    await transaction`insert into core.migrations (name, sha256) values (${name}, ${sha256})`;
  });
}

async function readApplied(sql: Queryable): Promise<ReadonlyMap<string, string>> {
  const [table] = await sql<
    { present: boolean }[]
  >`select to_regclass('core.migrations') is not null as present`;
  if (table?.present !== true) return new Map();
  const rows = await sql<
    { name: string; sha256: string }[]
  >`select name, sha256 from core.migrations`;
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

/** History is never rewritten: what was applied must still stand in the folder, to the byte, and nothing may slip in before it. */
function refuseForeignHistory(
  migrations: readonly Migration[],
  applied: ReadonlyMap<string, string>,
): void {
  const known = new Map(migrations.map(({ name, sha256 }) => [name, sha256]));
  for (const [name, sha256] of applied) {
    const here = known.get(name);
    if (here === undefined) {
      throw new MigrationRefused(
        `The database has the migration ${name}, which this version does not know: start a newer version.`,
      );
    }
    if (here !== sha256) {
      throw new MigrationRefused(
        `The migration ${name} was changed after it was applied: restore it and write a new one.`,
      );
    }
  }
  const last = [...applied.keys()].toSorted().at(-1) ?? '';
  const late = migrations.find(({ name }) => name < last && !applied.has(name));
  if (late !== undefined) {
    throw new MigrationRefused(
      `The migration ${late.name} comes before ${last}, which was applied already: give it a later number.`,
    );
  }
}

async function requireSupportedServer(sql: Queryable): Promise<void> {
  const [row] = await sql<
    { version: number }[]
  >`select current_setting('server_version_num')::int as version`;
  if ((row?.version ?? 0) < OLDEST_SERVER) {
    throw new MigrationRefused('PostgreSQL 15 or later is needed.');
  }
}
