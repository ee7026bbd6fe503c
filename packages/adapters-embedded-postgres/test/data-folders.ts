import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import postgres from 'postgres';
import { afterAll, afterEach, onTestFinished } from 'vitest';

import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from '../src/embedded-postgres.ts';
import { Owner } from './owner.ts';
import { untilNoneServes } from './processes.ts';

const dataFolders: string[] = [];
const running: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of running.splice(0)) await end();
  for (const dataFolder of dataFolders) await untilNoneServes(dataFolder);
});

afterAll(() => {
  for (const dataFolder of dataFolders.splice(0)) {
    rmSync(join(dataFolder, '..'), { recursive: true, maxRetries: 10 });
  }
});

/** A data folder that does not exist yet, in a temporary folder closed to other users. */
export function newDataFolder(): string {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'kastoma-embedded-postgres-')));
  const dataFolder = join(parent, "the shop's data");
  dataFolders.push(dataFolder);
  return dataFolder;
}

/** Starts a server that is stopped after the test. */
export async function start(
  dataFolder: string,
  options: Omit<EmbeddedPostgresOptions, 'dataFolder'> = {},
): Promise<EmbeddedPostgres> {
  const settings = { fsync: 'off', ...options.settings };
  const server = await startEmbeddedPostgres({ ...options, dataFolder, settings });
  running.push(() => server.stop());
  return server;
}

/** Another process that wants to own `dataFolder`; killed after the test. */
export function newOwner(dataFolder: string): Owner {
  const owner = new Owner(dataFolder);
  running.push(() => owner.kill());
  return owner;
}

/** A connection that is closed after the test. */
export function connect(url: string | undefined): postgres.Sql {
  if (url === undefined) throw new Error('There is no server to connect to.');
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  onTestFinished(() => sql.end({ timeout: 0 }));
  return sql;
}

/** Writes something that a later start must still find. */
export async function leaveNote(url: string | undefined, note: string): Promise<void> {
  const sql = connect(url);
  await sql`create table if not exists notes (note text)`;
  await sql`insert into notes values (${note})`;
}

export async function findNote(url: string, note: string): Promise<boolean> {
  return (await connect(url)`select from notes where note = ${note}`).count === 1;
}
