import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, inject, it, onTestFinished } from 'vitest';

import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

import { readEnvironment } from '../src/config/environment.ts';
import { startShop } from '../src/server/shop.ts';
import { Client, type SignedIn } from './client.ts';
import { readContract } from './contract.ts';
import { newDataFolder } from './data-folders.ts';

const COMMAND = fileURLToPath(new URL('../src/token-keys.ts', import.meta.url));
const run = promisify(execFile);

const kidOf = (token: string) =>
  (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string })
    .kid;

it(
  'the keys of a shop are rotated, and whoever is signed in stays so',
  { timeout: 60_000 },
  async () => {
    const { url, drop } = await createTestDatabase(inject('postgresUrl'));
    onTestFinished(drop);
    const dataFolder = await newDataFolder();
    const admin = { email: 'admin@shop.example', password: 'a door with two keys' };
    const variables = {
      PORT: '0',
      KASTOMA_ENV: 'test',
      KASTOMA_DATA_DIR: dataFolder,
      DATABASE_URL: url,
      KASTOMA_ADMIN_EMAIL: admin.email,
      KASTOMA_ADMIN_PASSWORD: admin.password,
    };
    const open = async () => {
      const environment = readEnvironment(variables)._unsafeUnwrap();
      const shop = await startShop(environment, () => undefined);
      onTestFinished(() => shop.stop());
      const guest = new Client(shop.url, await readContract(shop.url));
      const { data: account } = await guest.post<SignedIn>('/auth/login/', admin).expect(200);
      const response = await fetch(`${shop.url}/.well-known/jwks.json`);
      const { keys } = (await response.json()) as { keys: readonly { kid: string }[] };
      const { access } = account;
      return { guest, close: () => shop.stop(), access, account, kids: keys.map(({ kid }) => kid) };
    };
    const change = (how: string) =>
      run(process.execPath, [COMMAND, how], {
        env: { PATH: process.env['PATH'], KASTOMA_DATA_DIR: dataFolder },
      });

    const first = await open();
    expect(first.kids).toEqual([kidOf(first.access)]);
    await first.close();

    await change('announce');
    const second = await open();
    expect(kidOf(second.access)).toBe(first.kids[0]);
    expect(second.kids).toHaveLength(2);
    await second.close();

    const { stdout } = await change('rotate');
    expect(stdout).toContain('restart');
    const third = await open();
    expect(kidOf(third.access)).toBe(second.kids[1]);
    expect(third.kids.toSorted()).toEqual(second.kids.toSorted());
    await third.guest.as(first.account).get('/users/me/').expect(200);
    await third.close();

    await change('rotate');
    const fourth = await open();
    expect(fourth.kids).not.toContain(first.kids[0]);
    await fourth.guest
      .as(first.account)
      .get('/users/me/')
      .refused(401, 'identity.invalid_access_token');
    await fourth.guest.as(third.account).get('/users/me/').expect(200);
    const { refresh } = first.account;
    await fourth.guest.post('/auth/refresh/', { refresh }).expect(200);
    await fourth.close();
  },
);

it('keys that are given are printed as they should be set, and no file is made', async () => {
  const dataFolder = await newDataFolder();
  const env = { PATH: process.env['PATH'], KASTOMA_DATA_DIR: dataFolder };
  const given = '{"keys":[]}';
  await expect(
    run(process.execPath, [COMMAND, 'rotate'], { env: { ...env, KASTOMA_TOKEN_KEYS: given } }),
  ).rejects.toThrow('The keys cannot be changed');
  await expect(run(process.execPath, [COMMAND], { env })).rejects.toThrow('announce or rotate');
});
