import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { startEmbeddedPostgres } from '@kastoma/adapters-embedded-postgres';
import { openDatabase, type Database } from '@kastoma/adapters-postgres';

import { ApiProcess } from '../api-process.ts';
import { cpuSecondsOf } from './cpu-seconds.ts';

const SEED = new URL('../../src/seed-catalogue.ts', import.meta.url).pathname;

export type Spent = {
  readonly statements: number;
  readonly apiSeconds: number;
  readonly databaseSeconds: number;
};
export type BenchedApi = { readonly url: string; readonly spent: () => Promise<Spent> };

/** A shop with so many products: its API as it ships, and once more without anything remembered. */
export type BenchedShop = {
  readonly products: number;
  readonly database: Database;
  readonly uncached: BenchedApi;
  readonly cached: BenchedApi;
  /** What is asked for in it, found by the cases and kept. */
  readonly samples: Map<string, readonly string[]>;
};
export type BenchedShops = {
  readonly all: readonly BenchedShop[];
  readonly close: () => Promise<void>;
};

type Server = {
  readonly url: (name: string) => string;
  readonly pid: number;
  readonly counter: Database;
};

/** Opens shops of these sizes on one database server, and fills those that are not there yet. */
export async function openBenchedShops(
  folder: string,
  sizes: readonly number[],
  say: (text: string) => void,
): Promise<BenchedShops> {
  const dataFolder = resolve(folder, 'postgres');
  const postgres = await startEmbeddedPostgres({
    dataFolder,
    settings: { shared_preload_libraries: 'pg_stat_statements', max_connections: '300' },
    log: say,
  });
  const url = (name: string) => Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href;
  const counter = openDatabase({ url: url('postgres'), poolSize: 1, applicationName: 'bench' });
  await counter`create extension if not exists pg_stat_statements`;
  const pid = Number(
    readFileSync(join(dataFolder, 'cluster/postmaster.pid'), 'utf8').split('\n')[0],
  );
  const server = { url, pid, counter };
  const running: ApiProcess[] = [];
  const all: BenchedShop[] = [];
  const close = async () => {
    for (const api of running) await api.remove();
    for (const { database } of all) await database.end();
    await counter.end();
    await postgres.stop();
  };
  try {
    for (const products of sizes) {
      const name = `bench_${products}`;
      const database = await filled(server, name, products, say);
      const open = async (cache: 'on' | 'off') => {
        const api = new ApiProcess({
          DATABASE_URL: url(name),
          KASTOMA_ENV: 'test',
          KASTOMA_DATA_DIR: resolve(folder, name),
          KASTOMA_RATE_LIMITS: 'off',
          KASTOMA_WORKER: 'separate',
          KASTOMA_CACHE: cache,
        });
        running.push(api);
        return { url: await api.opened(), spent: () => spentBy(api.pid, name, server) };
      };
      const [uncached, cached] = [await open('off'), await open('on')];
      all.push({ products, database, uncached, cached, samples: new Map() });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { all, close };
}

async function filled(
  { url, counter }: Server,
  name: string,
  products: number,
  say: (text: string) => void,
): Promise<Database> {
  const known = await counter`select from pg_database where datname = ${name}`;
  if (known.count === 0) await counter`create database ${counter(name)}`;
  const database = openDatabase({ url: url(name), poolSize: 1, applicationName: 'bench' });
  const mark = `${products} products planted`;
  if (await isMarked(database, mark)) return database;
  say(`Filling ${name}.`);
  const seed = spawn(process.execPath, [SEED, '--products', String(products)], {
    env: { ...process.env, DATABASE_URL: url(name) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(seed, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${name} could not be filled.`);
  await database`set statement_timeout = 0`;
  await database`vacuum (analyze)`;
  await database.unsafe(`comment on database ${name} is '${mark}'`);
  return database;
}

/** A comment says that it was filled to its end. */
async function isMarked(database: Database, mark: string): Promise<boolean> {
  const [row] = await database<{ comment: string | null }[]>`
    select shobj_description(oid, 'pg_database') as comment
    from pg_database
    where datname = current_database()
  `;
  return row?.comment === mark;
}

async function spentBy(apiPid: number, name: string, { counter, pid }: Server): Promise<Spent> {
  const [row] = await counter<{ calls: number }[]>`
    select coalesce(sum(calls), 0)::float8 as calls
    from pg_stat_statements
    where toplevel and dbid = (select oid from pg_database where datname = ${name})
  `;
  return {
    statements: row?.calls ?? 0,
    apiSeconds: cpuSecondsOf(apiPid),
    databaseSeconds: cpuSecondsOf(pid, 'with_children'),
  };
}
