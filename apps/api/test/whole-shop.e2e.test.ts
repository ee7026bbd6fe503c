import { describe, expect, inject, it } from 'vitest';

import { readEnvironment } from '../src/config/environment.ts';
import { startShop } from '../src/server/shop.ts';
import { newDataFolder } from './data-folders.ts';
import { Mailbox } from './mailbox.ts';

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
      'payments up',
      'webhooks up',
    ]);
    await first.stop();

    const second = await open(dataFolder);
    expect(second.firstAccounts).toEqual(first.firstAccounts);
    expect(await signIn(second.url, staff)).toBe(200);
    await second.stop();
  });

  it('asks the owners of its first accounts for no proof of their addresses', async () => {
    const dataFolder = await newDataFolder();
    const shop = await open(dataFolder);
    const ada = { email: 'ada@people.example', password: 'a long walk by the sea' };
    const person = { ...ada, first_name: 'Ada', last_name: 'Shopper' };
    const registered = await post(`${shop.url}/api/v1/auth/register/`, person);
    expect(registered.status).toBe(201);
    // Events are told the oldest first, so what was to be mailed before is there by now.
    const mailbox = new Mailbox(dataFolder);
    await mailbox.await(ada.email, 'Confirm your e-mail address');
    await shop.stop();
    expect((await mailbox.all()).map(({ to }) => to)).toEqual([ada.email]);
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
  const { email, password } = account ?? {};
  return (await post(`${url}/api/v1/auth/login/`, { email, password })).status;
}

async function post(url: string, body: object): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function healthOf(url: string): Promise<readonly string[]> {
  const response = await fetch(`${url}/health/detailed/`);
  const { data } = (await response.json()) as {
    data: { checks: readonly { name: string; status: string }[] };
  };
  return data.checks.map(({ name, status }) => `${name} ${status}`);
}
