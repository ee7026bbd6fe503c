import { join } from 'node:path';

import { withAdvisoryLock } from './advisory-lock.ts';
import { applyMigration, MigrationLockedOut, type Patience } from './apply-migration.ts';
import type { Database, Queryable } from './database.ts';
import { isContraction, readMigrations, type Migration } from './migration-files.ts';

const MIGRATIONS_FOLDER = join(import.meta.dirname, '../../migrations');
const OLDEST_SERVER = 150_000;

/** The database cannot be brought up to date; the message names the remedy. */
export class MigrationRefused extends Error {}

const LONGEST_LOCK_WAIT_MILLISECONDS = 60_000;

type MigrateOptions = Partial<Patience> & { readonly folder?: string };

/** Brings the database up to date: each migration once, in the order of the names, each in a transaction of its own. */
export async function migrate(
  database: Database,
  {
    folder = MIGRATIONS_FOLDER,
    stop,
    longestLockWaitMilliseconds = LONGEST_LOCK_WAIT_MILLISECONDS,
  }: MigrateOptions = {},
): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  const work = () => applyMigrations(database, migrations, { stop, longestLockWaitMilliseconds });
  try {
    return await withAdvisoryLock(database, 'migrations', work, stop);
  } catch (error) {
    if (error instanceof MigrationLockedOut)
      throw new MigrationRefused(error.message, { cause: error });
    throw error;
  }
}

/** The names of the migrations that the database still lacks. */
export async function pendingMigrations(
  database: Database,
  folder: string = MIGRATIONS_FOLDER,
): Promise<readonly string[]> {
  const [known, applied] = await Promise.all([readMigrations(folder), readApplied(database)]);
  return known.map(({ name }) => name).filter((name) => !applied.has(name));
}

async function applyMigrations(
  database: Database,
  migrations: readonly Migration[],
  patience: Patience,
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
  for (const migration of missing) await applyMigration(database, migration, patience);
  return missing.map(({ name }) => name);
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

/**
 * History is never rewritten: what was applied must still stand in the folder, to the byte, and nothing may slip in
 * before it. A newer version may be ahead, since all that it adds is safe for the one before; what it takes away is not.
 */
function refuseForeignHistory(
  migrations: readonly Migration[],
  applied: ReadonlyMap<string, string>,
): void {
  const known = new Map(migrations.map(({ name, sha256 }) => [name, sha256]));
  const newestKnown = migrations.at(-1)?.name ?? '';
  for (const [name, sha256] of applied) {
    const here = known.get(name);
    if (here === undefined && name > newestKnown && !isContraction(name)) continue;
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
