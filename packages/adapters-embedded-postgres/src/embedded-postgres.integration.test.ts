import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';

import {
  connect,
  findNote,
  leaveNote,
  newDataFolder,
  newOwner,
  start,
} from '../test/data-folders.ts';
import { processesOf } from '../test/processes.ts';
import { EmbeddedPostgresUnavailable } from './embedded-postgres.errors.ts';
import { embeddedPostgresIsAvailable } from './native-build.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const isRoot = process.getuid?.() === 0;
let dataFolder: string;

beforeAll(() => {
  dataFolder = newDataFolder();
});

describe('a PostgreSQL of its own', () => {
  it('is available where these tests run', () => {
    expect(embeddedPostgresIsAvailable()).toBe(true);
  });

  it('keeps what was written from one start to the next', async () => {
    const first = await start(dataFolder);
    expect(first.firstStart).toBe(true);
    await leaveNote(first.url, 'first');
    await first.stop();

    const second = await start(dataFolder);
    expect(second.firstStart).toBe(false);
    expect(await findNote(second.url, 'first')).toBe(true);
  });

  it('takes settings, and listens on loopback only', async () => {
    const server = await start(dataFolder, { settings: { fsync: 'on', work_mem: '9MB' } });
    const sql = connect(server.url);
    expect(await sql`show fsync`).toEqual([{ fsync: 'on' }]);
    expect(await sql`show work_mem`).toEqual([{ work_mem: '9MB' }]);
    expect(await sql`show listen_addresses`).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await sql`show unix_socket_directories`).toEqual([{ unix_socket_directories: '' }]);
  });

  it('creates a database that is missing on a cluster that exists', async () => {
    const server = await start(dataFolder, { databaseName: 'another' });
    const name = await connect(server.url)`select current_database() as name`;
    expect(name).toEqual([{ name: 'another' }]);
  });

  it('leaves no process after a stop, and a second stop is harmless', async () => {
    const server = await start(dataFolder);
    expect(processesOf(dataFolder)).not.toEqual([]);
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    expect(processesOf(dataFolder)).toEqual([]);
    expect(await server.exited).toMatchObject({ code: 0, stopped: true });
  });

  it('stops although a client is in the middle of a query', async () => {
    const server = await start(dataFolder);
    const query = connect(server.url)`select pg_sleep(60)`;
    const refused = expect(query).rejects.toThrow();
    await server.stop();
    await refused;
  });

  it('begins a new log when the old one has grown large', async () => {
    const log = join(dataFolder, 'postgres.log');
    writeFileSync(log, 'x'.repeat(6 * 1024 * 1024));
    await start(dataFolder);
    expect(statSync(log).size).toBeLessThan(100_000);
    expect(existsSync(`${log}.1`)).toBe(true);
  });
});

describe('one owner at a time', () => {
  it('lets exactly one of two owners win that start at the same moment', async () => {
    const contested = newDataFolder();
    const owners = [newOwner(contested), newOwner(contested)];
    const outcomes = await Promise.all(
      owners.map((owner) => owner.report('started', 'unavailable')),
    );
    expect(outcomes.map(({ event }) => event).toSorted()).toEqual(['started', 'unavailable']);
    const started = outcomes.find(({ event }) => event === 'started');
    expect(await connect(started?.url)`select 1 as one`).toEqual([{ one: 1 }]);
  });

  it('tells the second owner at once who the first is, and leaves the first alone', async () => {
    const first = newOwner(dataFolder);
    const { url } = await first.report('started');
    const begun = performance.now();
    await expect(start(dataFolder)).rejects.toThrow(
      `${dataFolder} is in use by process ${first.pid}. Remedy: stop it, or set KASTOMA_DATA_DIR`,
    );
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(await connect(url)`select 1 as one`).toEqual([{ one: 1 }]);
  });

  it('refuses a second server in the same process, and serves other folders there', async () => {
    const one = await start(dataFolder);
    await expect(start(dataFolder)).rejects.toThrow(EmbeddedPostgresUnavailable);
    const other = await start(newDataFolder());
    expect(other.port).not.toBe(one.port);
  });
});

describe('what a person can remedy is said in one line', () => {
  it('a setting that PostgreSQL does not take, with its last words', async () => {
    const failed = start(dataFolder, { settings: { work_mem: 'plenty' } });
    await expect(failed).rejects.toThrow(/ended while starting \(.*work_mem.*\)\. Remedy: .+$/);
    await start(dataFolder);
  });

  it('a folder that cannot be made', async () => {
    const file = join(dirname(newDataFolder()), 'file');
    writeFileSync(file, '');
    await expect(start(join(file, 'data'))).rejects.toThrow(
      /cannot be used \(.+\)\. Remedy: .+ KASTOMA_DATA_DIR .+$/,
    );
  });

  it('a cluster of another major version', async () => {
    const version = join(dataFolder, 'cluster', 'PG_VERSION');
    const before = readFileSync(version);
    onTestFinished(() => writeFileSync(version, before));
    writeFileSync(version, '15\n');
    await expect(start(dataFolder)).rejects.toThrow(
      /was made by PostgreSQL 15, and this is PostgreSQL 18\. Remedy: .+$/,
    );
  });
});

describe('run by root', () => {
  it.runIf(isRoot)('serves a folder below one that only root can enter (needs root)', async () => {
    const parent = statSync(dirname(dataFolder));
    expect([parent.uid, parent.mode & 0o777]).toEqual([0, 0o700]);
    await start(dataFolder);
    expect(statSync(join(dataFolder, 'cluster')).uid).toBe(65534);
  });

  it.runIf(isRoot)('refuses a cluster of another user (needs root)', async () => {
    const foreign = newDataFolder();
    mkdirSync(join(foreign, 'cluster'), { recursive: true });
    await expect(start(foreign)).rejects.toThrow(
      /belongs to user 0, .* Remedy: run as the user who made it/,
    );
  });
});
