import { setTimeout as pause } from 'node:timers/promises';

import { expect, inject, it, onTestFinished, vi } from 'vitest';

import { openDatabase } from '@kastoma/adapters-postgres';
import { createTestDatabase } from '@kastoma/adapters-postgres/testing';
import type { Instant } from '@kastoma/domain/core';

import { forgetImportsHourly } from './import-retention.ts';

const DAY = 24 * 60 * 60 * 1_000;
const NOW = Date.UTC(2026, 10, 23) as Instant;
const clock = { now: () => NOW };

it('imports that ended a month ago are forgotten with their reports, and no others', async () => {
  const { database: sql, drop } = await createTestDatabase(inject('postgresUrl'));
  onTestFinished(drop);
  const keep = async (number: number, status: string, daysAgo: number) => {
    const id = `01990000-0000-7000-8000-00000000000${number}`;
    const at = new Date(NOW - daysAgo * DAY);
    await sql`
      insert into catalog.imports (
        id, format, dry_run, status, started_by, created_at, received_at, finished_at
      )
      values (
        ${id}, 'csv', false, ${status}, 'system', ${at}, ${at}, ${status === 'running' ? null : at}
      )
    `;
    await sql`
      insert into catalog.import_problems (import_id, line, error) values (${id}, 2, '{"code":"any"}')
    `;
  };
  await keep(1, 'finished', 31);
  await keep(2, 'failed', 31);
  await keep(3, 'finished', 29);
  await keep(4, 'running', 31);
  const kept = async () =>
    (await sql`select right(id::text, 1) as id from catalog.imports order by id`).map(
      (row) => row['id'] as string,
    );
  const log = vi.fn();
  const end = forgetImportsHourly(sql, clock, log);
  while ((await kept()).length === 4) await pause(10);
  end();
  expect(await kept()).toEqual(['3', '4']);
  expect((await sql`select from catalog.import_problems`).count).toBe(2);
  expect(log).not.toHaveBeenCalled();
});

it('a database that cannot be reached meanwhile is a warning', async () => {
  const nobody = openDatabase({
    url: 'postgres://nobody@127.0.0.1:1/nothing',
    poolSize: 1,
    applicationName: 'test',
  });
  const log = vi.fn();
  const end = forgetImportsHourly(nobody, clock, log);
  await vi.waitUntil(() => log.mock.calls.length > 0);
  end();
  expect(log.mock.calls).toMatchObject([['warning', expect.any(String), { code: 'ECONNREFUSED' }]]);
  await nobody.end({ timeout: 0 });
});
