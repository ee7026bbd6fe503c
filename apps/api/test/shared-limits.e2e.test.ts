import { describe, expect, inject, it, onTestFinished } from 'vitest';

import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

import { newDataFolder, startApi } from './data-folders.ts';
import { DatabaseLink } from './database-link.ts';
import { openTestShop } from './test-shop.ts';

const redisUrl = inject('redisUrl');
const PROXY = '127.0.0.1';

/** An address of one's own, so that no other run shares its counts. */
function newAddress(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(8))];
  const groups = bytes.map((byte, index) => (index % 2 === 0 ? byte * 256 : byte) || 1);
  return `2001:db8:${groups
    .slice(0, 2)
    .map((group) => group.toString(16))
    .join(':')}::1`;
}

/** How many answers had which status. */
function countsOf(answers: readonly Response[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe.skipIf(redisUrl === null)('two processes that share one Redis', () => {
  it(
    'count together: who is refused by one is refused by the other',
    { timeout: 60_000 },
    async () => {
      const { url, drop } = await createTestDatabase(inject('postgresUrl'), { migrated: false });
      onTestFinished(drop);
      const variables = {
        DATABASE_URL: url,
        REDIS_URL: redisUrl ?? '',
        KASTOMA_TRUSTED_PROXIES: PROXY,
        KASTOMA_RATE_LIMIT_READ: '10/600',
      };
      const dataFolder = await newDataFolder();
      const processes = [startApi(dataFolder, variables), startApi(dataFolder, variables)] as const;
      const urls = await Promise.all(processes.map((api) => api.opened()));
      const headers = { 'X-Forwarded-For': newAddress() };
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          fetch(`${urls[index % 2]}/api/v1/categories/`, { headers }),
        ),
      );
      expect(countsOf(answers)).toEqual({ 200: 10, 429: 20 });
      const remaining = answers
        .filter(({ status }) => status === 200)
        .map((answer) => /;r=(\d+);/.exec(answer.headers.get('ratelimit') ?? '')?.[1]);
      expect(remaining.map(Number).toSorted((a, b) => a - b)).toEqual([
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
      ]);

      const guess = { email: `${crypto.randomUUID()}@people.example`, password: 'is it this one?' };
      const attempt = (index: number) =>
        fetch(`${urls[index % 2]}/api/v1/auth/login/`, {
          method: 'POST',
          headers: { ...headers, 'Content-Type': 'application/json' },
          body: JSON.stringify(guess),
        });
      const guesses = await Promise.all(Array.from({ length: 20 }, (_, index) => attempt(index)));
      expect(countsOf(guesses)).toEqual({ 401: 10, 429: 10 });
    },
  );
});

describe.skipIf(redisUrl === null)('a shop whose Redis is gone', () => {
  it('goes on with limits of its own, and says so once in its log and in its health', async () => {
    const link = new DatabaseLink(redisUrl ?? '');
    await link.mend();
    const shop = await openTestShop({
      KASTOMA_RATE_LIMITS: 'on',
      REDIS_URL: link.url,
      KASTOMA_TRUSTED_PROXIES: PROXY,
      KASTOMA_RATE_LIMIT_READ: '5/600',
    });
    onTestFinished(() => shop.close());
    const headers = { 'X-Forwarded-For': newAddress() };
    const ask = async () => (await fetch(`${shop.url}/api/v1/categories/`, { headers })).status;
    const health = async () => {
      const { data } = (await (await fetch(`${shop.url}/health/detailed/`)).json()) as {
        data: { status: string; checks: readonly { name: string; status: string }[] };
      };
      const redis = data.checks.find(({ name }) => name === 'redis')?.status;
      return [data.status, redis];
    };
    const tellings = () => shop.log.filter(({ message }) => message.startsWith('Redis'));
    expect([await ask(), await health()]).toEqual([200, ['up', 'up']]);

    await link.cut();
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 200]);
    expect(await health()).toEqual(['degraded', 'down']);
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
    expect(tellings().map(({ level, message }) => [level, message])).toEqual([
      ['warning', 'Redis cannot be reached; limits are counted by this process alone'],
    ]);

    await link.mend();
    await expect.poll(ask, { timeout: 10_000 }).toBe(200);
    expect(await health()).toEqual(['up', 'up']);
    expect(tellings().map(({ level }) => level)).toEqual(['warning', 'info']);
    expect(shop.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
