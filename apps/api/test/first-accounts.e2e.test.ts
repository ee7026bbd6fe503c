import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import type { ApiProcess } from './api-process.ts';
import type { SignedIn } from './client.ts';
import { newDataFolder, startApi } from './data-folders.ts';

const PATIENCE = 120_000;
const OWN = { email: 'admin@shop.example', password: 'a long walk by the sea' };
const ASKED = { KASTOMA_ADMIN_EMAIL: OWN.email, KASTOMA_ADMIN_PASSWORD: OWN.password };
const STAFF = /^ +Staff .*$/m;
const NO_EFFECT = /^KASTOMA_ADMIN_EMAIL and KASTOMA_ADMIN_PASSWORD changed nothing: .+$/m;

/** Starts, looks at what it prints and does, and stops. */
async function whileOpen(
  dataFolder: string,
  variables: Readonly<Record<string, string>>,
  look: (api: ApiProcess) => Promise<void>,
): Promise<void> {
  const api = startApi(dataFolder, { KASTOMA_ENV: 'test', ...variables });
  await api.opened();
  await look(api);
  api.signal('SIGTERM');
  expect((await api.ended()).code).toBe(0);
}

it(
  'an administrator that the operator asks for too late is not made, and not said to be',
  { timeout: PATIENCE },
  async () => {
    const dataFolder = await newDataFolder();
    let first = { email: '', password: '' };
    await whileOpen(dataFolder, {}, async (api) => {
      expect((await api.signIn('Staff')).account.user.role).toBe('admin');
      expect(api.output).not.toMatch(NO_EFFECT);
      first = api.printedAccount('Staff');
    });
    await whileOpen(dataFolder, ASKED, async (api) => {
      expect(api.output).toMatch(NO_EFFECT);
      expect(api.output).not.toContain(OWN.email);
      expect(api.output).not.toContain(OWN.password);
      expect(api.printedAccount('Staff')).toEqual(first);
      await api.signIn('Staff');
      await (
        await api.guest()
      )
        .post('/auth/login/', OWN)
        .refused(401, 'identity.invalid_credentials');
    });
    await rm(join(dataFolder, 'admin-password'));
    await whileOpen(dataFolder, {}, async (api) => {
      expect(api.output).not.toMatch(STAFF);
      expect((await api.signIn('Customer')).account.user.role).toBe('customer');
    });
  },
);

it(
  'the administrator that the operator has asked for is named at every start, the password never',
  { timeout: PATIENCE },
  async () => {
    const dataFolder = await newDataFolder();
    for (let starts = 0; starts < 2; starts += 1) {
      await whileOpen(dataFolder, ASKED, async (api) => {
        expect(STAFF.exec(api.output)?.[0].trim()).toMatch(
          /^Staff +admin@shop\.example, with KASTOMA_ADMIN_PASSWORD$/,
        );
        expect(api.output).not.toContain(OWN.password);
        expect(api.output).not.toMatch(NO_EFFECT);
        const guest = await api.guest();
        const { data } = await guest.post<SignedIn>('/auth/login/', OWN).expect(200);
        expect(data.user.role).toBe('admin');
      });
    }
    await whileOpen(dataFolder, {}, async (api) => {
      expect(api.output).not.toMatch(STAFF);
    });
    const another = { ...ASKED, KASTOMA_ADMIN_PASSWORD: 'another long walk' };
    await whileOpen(dataFolder, another, async (api) => {
      expect(api.output).toMatch(NO_EFFECT);
      expect(api.output).not.toMatch(STAFF);
    });
  },
);
