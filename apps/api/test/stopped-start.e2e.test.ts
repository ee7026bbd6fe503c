import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, inject, it, onTestFinished } from 'vitest';

import { ADVISORY_LOCKS, type Database } from '@kastoma/adapters-postgres';
import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

import type { ApiProcess } from './api-process.ts';
import { newDataFolder, startApi } from './data-folders.ts';
import { leftOvers, processesOf } from './processes.ts';

/** Asks it to stop, and expects that it was never open and ends well. Returns how long it took. */
async function stopIt(api: ApiProcess): Promise<number> {
  const askedAt = performance.now();
  api.signal('SIGTERM');
  const ended = await api.ended();
  expect(ended).toEqual({ code: 0, output: '', errors: '' });
  return performance.now() - askedAt;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('It never came to that.');
    await pause(5);
  }
}

async function connectionsOf(database: Database): Promise<number> {
  const { count } = await database`
    select pid from pg_stat_activity
    where datname = current_database() and application_name = 'kastoma-api'
  `;
  return count;
}

describe('SIGTERM during a start', { timeout: 60_000 }, () => {
  it.each(['migrations', 'seeds'] as const)(
    'ends the wait for another replica at its %s',
    async (lock) => {
      const { url, database, drop } = await createTestDatabase(inject('postgresUrl'));
      onTestFinished(drop);
      const holder = await database.reserve();
      await holder`select pg_advisory_lock(${ADVISORY_LOCKS[lock]}::bigint)`;
      const api = startApi(await newDataFolder(), { DATABASE_URL: url });
      await until(async () => (await connectionsOf(database)) > 0);
      await pause(300);
      expect(api.output).toBe('');
      expect(await stopIt(api)).toBeLessThan(2_000);
      await until(async () => (await connectionsOf(database)) === 0);
      holder.release();
    },
  );

  it('ends the planting of the goods, and the next start goes on with it', async () => {
    const { url, database, drop } = await createTestDatabase(inject('postgresUrl'));
    onTestFinished(drop);
    const products = async () => (await database`select id from catalog.products`).count;
    const dataFolder = await newDataFolder();
    const api = startApi(dataFolder, { DATABASE_URL: url });
    await until(async () => (await products()) > 0);
    expect(await stopIt(api)).toBeLessThan(4_000);
    await until(async () => (await connectionsOf(database)) === 0);
    const planted = await products();

    const next = startApi(dataFolder, { DATABASE_URL: url });
    await next.opened();
    expect(await products()).toBeGreaterThan(planted);
  });

  it.each(['initdb', 'postgres'])(
    'leaves nothing when the first start has come to %s',
    async (program) => {
      const dataFolder = await newDataFolder();
      const api = startApi(dataFolder);
      const isRunning = new RegExp(`^\\S*/${program} `);
      await until(() => processesOf(dataFolder).some(({ command }) => isRunning.test(command)));
      expect(await stopIt(api)).toBeLessThan(11_000);
      expect(await leftOvers(dataFolder, 1_000)).toEqual([]);
      const next = startApi(dataFolder, { KASTOMA_ENV: 'test' });
      await next.opened();
      next.signal('SIGTERM');
      expect((await next.ended()).code).toBe(0);
    },
  );
});
