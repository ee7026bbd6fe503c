import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inject } from 'vitest';

import type { Database } from '@kastoma/adapters-postgres';
import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

import { readEnvironment } from '../src/config/environment.ts';
import { startShop } from '../src/server/shop.ts';
import { Client, type SignedIn } from './client.ts';
import { readContract } from './contract.ts';
import { Mailbox } from './mailbox.ts';

export const ADMIN = { email: 'admin@shop.example', password: 'a key for every door' };

/** Of whoever signed up here. */
export const PASSWORD = 'a long walk by the sea';

/** The whole API on a socket and on a database of its own. */
export type TestShop = {
  readonly url: string;
  readonly database: Database;
  /** What the shop wrote into its log: failures above all. */
  readonly log: readonly LogLine[];
  readonly guest: Client;
  /** What the shop has written to people. */
  readonly mailbox: Mailbox;
  /** Opens an account and signs in. */
  signUp(name: string): Promise<Client>;
  /** An account that works for the shop. */
  hire(role: 'staff' | 'admin'): Promise<Client>;
  close(): Promise<void>;
};

type LogLine = {
  readonly level: string;
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
};

/** `reach` may lead the shop to its database by another way than straight. */
export async function openTestShop(
  variables: Readonly<Record<string, string>> = {},
  reach: (databaseUrl: string) => string | Promise<string> = (url) => url,
): Promise<TestShop> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'kastoma-api-test-'));
  const { url: databaseUrl, database, drop } = await createTestDatabase(inject('postgresUrl'));
  const environment = readEnvironment({
    KASTOMA_ENV: 'test',
    KASTOMA_DATA_DIR: dataFolder,
    KASTOMA_ADMIN_EMAIL: ADMIN.email,
    KASTOMA_ADMIN_PASSWORD: ADMIN.password,
    KASTOMA_RATE_LIMITS: 'off',
    KASTOMA_CACHE: 'off',
    PORT: '0',
    DATABASE_URL: await reach(databaseUrl),
    ...variables,
  });
  if (environment.isErr()) throw new Error(environment.error.join(' '));
  const log: LogLine[] = [];
  const shop = await startShop(environment.value, (level, message, facts = {}) => {
    log.push({ level, message, facts });
  });
  const contract = await readContract(shop.url);
  const guest = new Client(shop.url, contract);
  const signUp = async (name: string) => {
    const account = { email: `${name}@people.example`, password: PASSWORD };
    const person = { ...account, first_name: name, last_name: 'Shopper' };
    const { data } = await guest.post<SignedIn>('/auth/register/', person).expect(201);
    return guest.as(data);
  };
  return {
    url: shop.url,
    database,
    log,
    guest,
    mailbox: new Mailbox(dataFolder),
    signUp,
    hire: async (role) => {
      const { account } = await signUp(`${role}-${crypto.randomUUID().slice(0, 8)}`);
      await database`update identity.users set role = ${role} where id = ${account.user.id}`;
      const again = { email: account.user.email, password: PASSWORD };
      const { data } = await guest.post<SignedIn>('/auth/login/', again).expect(200);
      return guest.as(data);
    },
    close: async () => {
      await shop.stop();
      await drop();
      await rm(dataFolder, { recursive: true });
    },
  };
}
