import { expect, inject, it, onTestFinished } from 'vitest';

import { idempotencyContract } from '@kastoma/application/testing';
import type { Instant } from '@kastoma/domain/core';

import { postgresShopsOn } from '../testing/postgres-shop.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { forgetOldAnswers } from './idempotency-keys.ts';

idempotencyContract(postgresShopsOn(inject('postgresUrl')));

const DAY = 24 * 60 * 60 * 1_000;
const NOW = Date.UTC(2026, 10, 23, 12) as Instant;

it('an answer is kept for a day and then forgotten, whoever else forgets at the same moment', async () => {
  const { database: sql, drop } = await createTestDatabase(inject('postgresUrl'));
  onTestFinished(drop);
  const keep = (key: string, at: number) => sql`
    insert into core.idempotency_keys (scope, key, fingerprint, status, headers, body, kept_at)
    values ('somebody', ${key}, '', 201, '{}', '', ${new Date(at)})
  `;
  await keep('a day ago', NOW - DAY);
  for (let index = 0; index < 50; index += 1) await keep(`older ${index}`, NOW - DAY - 1);
  await keep('just now', NOW);

  const replicas = Array.from({ length: 6 }, () => forgetOldAnswers(sql, NOW));
  const forgotten = await Promise.all(replicas);
  expect(forgotten.reduce((sum, count) => sum + count, 0)).toBe(50);
  expect(await sql`select key from core.idempotency_keys order by key`).toEqual([
    { key: 'a day ago' },
    { key: 'just now' },
  ]);
});
