import { setTimeout as pause } from 'node:timers/promises';

import { afterEach, expect, inject, it, onTestFinished, vi } from 'vitest';

import { openDatabase } from '@kastoma/adapters-postgres';
import { createTestDatabase } from '@kastoma/adapters-postgres/testing';
import type { Instant } from '@kastoma/domain/core';

import { forgetAnswersHourly } from './answer-retention.ts';

const HOUR = 60 * 60 * 1_000;
const NOW = Date.UTC(2026, 10, 23) as Instant;
const clock = { now: () => NOW };

afterEach(() => vi.useRealTimers());

it('old answers are forgotten at once and every hour, until the shop ends', async () => {
  const { database: sql, drop } = await createTestDatabase(inject('postgresUrl'));
  onTestFinished(drop);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const keepOldAnswer = () => sql`
    insert into core.idempotency_keys (scope, key, fingerprint, status, headers, body, kept_at)
    values ('somebody', 'key', '', 201, '{}', '', ${new Date(NOW - 25 * HOUR)})
  `;
  const kept = async () => (await sql`select key from core.idempotency_keys`).count;
  // Not `vi.waitUntil`, which lets the faked time pass.
  const untilNoneIsKept = async () => {
    while ((await kept()) > 0) await pause(10);
  };
  const log = vi.fn();

  await keepOldAnswer();
  const end = forgetAnswersHourly(sql, clock, log);
  await untilNoneIsKept();
  vi.advanceTimersByTime(HOUR - 1);
  await keepOldAnswer();
  expect(await kept()).toBe(1);
  vi.advanceTimersByTime(1);
  await untilNoneIsKept();

  end();
  expect(vi.getTimerCount()).toBe(0);
  expect(log).not.toHaveBeenCalled();
});

it('a database that cannot be reached meanwhile is a warning', async () => {
  const nobody = openDatabase({
    url: 'postgres://nobody@127.0.0.1:1/nothing',
    poolSize: 1,
    applicationName: 'test',
  });
  const log = vi.fn();
  const end = forgetAnswersHourly(nobody, clock, log);
  await vi.waitUntil(() => log.mock.calls.length > 0);
  end();
  expect(log.mock.calls).toMatchObject([['warning', expect.any(String), { code: 'ECONNREFUSED' }]]);
  await nobody.end({ timeout: 0 });
});
