import { describe, expect, inject, it } from 'vitest';

import { readEnvironment } from '../src/config/environment.ts';
import { startShop } from '../src/server/shop.ts';
import { newDataFolder } from './data-folders.ts';

describe('a shop on its own database and a shared Redis', () => {
  it('opens with accounts that sign in, and opens again with the same ones', async () => {
    const dataFolder = await newDataFolder();
    const first = await open(dataFolder);
    const { staff, customer } = first.firstAccounts;
    expect(await signIn(first.url, staff)).toBe(200);
    expect(await signIn(first.url, customer)).toBe(200);
    expect(await healthOf(first.url)).toEqual([
      'database up',
      ...(inject('redisUrl') === null ? [] : ['redis up']),
      'outbox up',
    ]);
    await first.stop();

    const second = await open(dataFolder);
    expect(second.firstAccounts).toEqual(first.firstAccounts);
    expect(await signIn(second.url, staff)).toBe(200);
    await second.stop();
  });

  it('signs nobody in when the account is another one’s', async () => {
    const shop = await open(await newDataFolder());
    expect(await signIn(shop.url, { email: 'admin@kastoma.example', password: 'guessed' })).toBe(
      401,
    );
    await shop.stop();
  });
});

async function open(dataFolder: string) {
  const redisUrl = inject('redisUrl');
  const environment = readEnvironment({
    PORT: '0',
    KASTOMA_ENV: 'test',
    KASTOMA_DATA_DIR: dataFolder,
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
  })._unsafeUnwrap();
  return startShop(environment, () => undefined);
}

async function signIn(
  url: string,
  account: { email: string; password: string | null } | null,
): Promise<number> {
  const response = await fetch(`${url}/api/v1/auth/login/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: account?.email, password: account?.password }),
  });
  return response.status;
}

async function healthOf(url: string): Promise<readonly string[]> {
  const response = await fetch(`${url}/health/detailed/`);
  const { data } = (await response.json()) as {
    data: { checks: readonly { name: string; status: string }[] };
  };
  return data.checks.map(({ name, status }) => `${name} ${status}`);
}
