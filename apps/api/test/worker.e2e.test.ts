import { expect, inject, it, onTestFinished } from 'vitest';

import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

import { newDataFolder, startApi, startWorker } from './data-folders.ts';

const READY = 'Kastoma relays events.';

it(
  'a separate worker tells of what the API leaves in the outbox',
  { timeout: 60_000 },
  async () => {
    const { url, database, drop } = await createTestDatabase(inject('postgresUrl'));
    onTestFinished(drop);
    const dataFolder = await newDataFolder();
    const variables = { DATABASE_URL: url, KASTOMA_ENV: 'test', KASTOMA_WORKER: 'separate' };
    const api = startApi(dataFolder, variables);
    const guest = await api.guest();
    const person = { email: 'ada@people.example', password: 'a long walk by the sea' };
    await guest
      .post('/auth/register/', { ...person, first_name: 'Ada', last_name: 'Shopper' })
      .expect(201);
    const waiting = async () => {
      const [row] = await database<{ count: number }[]>`
      select count(*)::int from core.outbox where shared_out_at is null
    `;
      return row?.count;
    };
    const told = async () => {
      const rows = await database`
      select consumer from core.deliveries where event_type = 'identity.user_registered'
        and handled_at is not null
    `;
      return rows.count;
    };
    expect(await waiting()).toBeGreaterThan(0);

    const workers = [startWorker(dataFolder, variables), startWorker(dataFolder, variables)];
    await Promise.all(workers.map((worker) => worker.says(READY)));
    await expect.poll(waiting, { timeout: 10_000 }).toBe(0);
    await expect.poll(told, { timeout: 10_000 }).toBeGreaterThan(0);
    for (const worker of workers) worker.signal('SIGTERM');
    const ended = await Promise.all(workers.map((worker) => worker.ended()));
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  },
);

it('a worker needs the database of the shop, and says so', { timeout: 60_000 }, async () => {
  const worker = startWorker(await newDataFolder(), {});
  expect(await worker.ended()).toMatchObject({
    code: 1,
    output: '',
    errors: expect.stringMatching(/^DATABASE_URL: .+\n$/) as string,
  });
});
