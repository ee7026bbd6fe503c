import { once } from 'node:events';
import { createServer } from 'node:net';

import { describe, expect, inject, it, onTestFinished } from 'vitest';

import { newDataFolder, startApi } from './data-folders.ts';
import { processesOf } from './processes.ts';

const PATIENCE = 60_000;

/** Starts, and expects it to end with one line that names the remedy, quickly, with nothing left. */
async function expectRefusal(
  variables: Readonly<Record<string, string>>,
  line: RegExp,
  dataFolder?: string,
): Promise<void> {
  const folder = dataFolder ?? (await newDataFolder());
  const before = programsOf(folder);
  const startedAt = Date.now();
  const { code, output, errors } = await startApi(folder, variables).ended();
  expect(errors).toMatch(line);
  expect(errors.trimEnd().split('\n')).toHaveLength(1);
  expect([code, output]).toEqual([1, '']);
  expect(Date.now() - startedAt).toBeLessThan(15_000);
  await expect
    .poll(() => programsOf(folder).filter((pid) => !before.includes(pid)), { timeout: 2_000 })
    .toEqual([]);
}

/**
 * Without the database's own processes: it has one for each connection, and they come and go. One that has just been
 * forked is not yet told from the server.
 */
function programsOf(folder: string): readonly number[] {
  return processesOf(folder)
    .filter(({ command }) => !command.startsWith('postgres: '))
    .map(({ pid }) => pid);
}

describe('one line and the end', { timeout: PATIENCE }, () => {
  it('when the port is taken, before any database is started', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    onTestFinished(() => {
      taken.close();
    });
    const address = taken.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    await expectRefusal(
      { PORT: port },
      new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken: .*PORT`),
    );
    expect.hasAssertions();
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['a port that is none', { PORT: 'http' }, /^PORT: /],
    ['a port beyond all', { PORT: '65536' }, /^PORT: .*65535/],
    ['a host that is not here', { HOST: '192.0.2.1' }, /^192\.0\.2\.1 .*HOST/],
    ['a currency that nobody has', { KASTOMA_CURRENCY: 'XXQ' }, /^KASTOMA_CURRENCY: .*ISO 4217/],
    [
      'an address of another database',
      { DATABASE_URL: 'mysql://localhost/shop' },
      /^DATABASE_URL: /,
    ],
    ['an address that is none', { DATABASE_URL: 'localhost' }, /^DATABASE_URL: /],
    ['a Redis that is none', { REDIS_URL: 'http://localhost' }, /^REDIS_URL: /],
    [
      'half an admin',
      { KASTOMA_ADMIN_EMAIL: 'a@b.example' },
      /^KASTOMA_ADMIN_EMAIL and KASTOMA_ADMIN_PASSWORD/,
    ],
    [
      'an admin with a weak password',
      { KASTOMA_ADMIN_EMAIL: 'a@b.example', KASTOMA_ADMIN_PASSWORD: 'short' },
      /^KASTOMA_ADMIN_PASSWORD: /,
    ],
    [
      'an admin with a password that others try first',
      { KASTOMA_ADMIN_EMAIL: 'a@b.example', KASTOMA_ADMIN_PASSWORD: 'password123' },
      /^KASTOMA_ADMIN_PASSWORD: others would try it first/,
    ],
    ['an unknown environment', { KASTOMA_ENV: 'staging' }, /^KASTOMA_ENV: /],
    [
      'production without keys for its tokens',
      {
        KASTOMA_ENV: 'production',
        KASTOMA_MAIL: 'off',
        KASTOMA_ENCRYPTION_KEY: 'KWJ6dnV0c3JxcG9ubWxramloZ2ZlZGNiYWBfXl1cW1o=',
        DATABASE_URL: 'postgres://localhost/shop',
      },
      /^KASTOMA_TOKEN_KEYS: /,
    ],
    [
      'keys that cannot be used',
      { KASTOMA_TOKEN_KEYS: '{"keys":[]}' },
      /^KASTOMA_TOKEN_KEYS: the key set cannot be used: /,
    ],
    [
      'a database that does not answer',
      { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/shop' },
      /^DATABASE_URL: .*ECONNREFUSED/,
    ],
  ])('for %s', async (_name, variables, line) => {
    await expectRefusal(variables, line);
    expect.hasAssertions();
  });

  it('for a database that the server does not have', async () => {
    const url = new URL(inject('postgresUrl'));
    url.pathname = '/there_is_no_such_database';
    await expectRefusal({ DATABASE_URL: url.href }, /^DATABASE_URL: .*there_is_no_such_database/);
    expect.hasAssertions();
  });

  it('when another shop lives in the data folder, and that one goes on', async () => {
    const dataFolder = await newDataFolder();
    const first = startApi(dataFolder, { KASTOMA_ENV: 'test' });
    const url = await first.opened();
    await expectRefusal({}, /is in use by process \d+\. Remedy: .*KASTOMA_DATA_DIR/, dataFolder);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });
});

it('production says all that is missing at once', { timeout: PATIENCE }, async () => {
  const variables = { KASTOMA_ENV: 'production', KASTOMA_RATE_LIMITS: 'off' };
  const { code, errors } = await startApi(await newDataFolder(), variables).ended();
  expect(code).toBe(1);
  expect(
    errors
      .trimEnd()
      .split('\n')
      .map((line) => line.split(':')[0]),
  ).toEqual([
    'KASTOMA_ENCRYPTION_KEY',
    'DATABASE_URL',
    'KASTOMA_TOKEN_KEYS',
    'KASTOMA_RATE_LIMITS',
    'KASTOMA_SMTP_URL',
  ]);
});
