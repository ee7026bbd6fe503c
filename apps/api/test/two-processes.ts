import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inject } from 'vitest';

import type { Database } from '@kastoma/adapters-postgres';
import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

import { ApiProcess } from './api-process.ts';
import type { Client, SignedIn } from './client.ts';
import { PASSWORD } from './test-shop.ts';

/** Two processes on one database and one data folder, as they run behind a balancer. */
export type TwoProcesses = {
  readonly database: Database;
  /** Opens an account with the first process; both clients show the same token. */
  signUp(name: string): Promise<readonly [Client, Client]>;
  /** Signs in once more, as on another device. */
  signIn(account: SignedIn): Promise<readonly [Client, Client]>;
  close(): Promise<void>;
};

export async function openTwoProcesses(
  variables: Readonly<Record<string, string>>,
): Promise<TwoProcesses> {
  const parent = await mkdtemp(join(tmpdir(), 'kastoma-two-'));
  const { url, database, drop } = await createTestDatabase(inject('postgresUrl'));
  const shared = {
    KASTOMA_DATA_DIR: join(parent, 'data'),
    KASTOMA_ENV: 'test',
    KASTOMA_RATE_LIMITS: 'off',
    KASTOMA_ADMIN_EMAIL: 'admin@shop.example',
    KASTOMA_ADMIN_PASSWORD: 'a kettle and two cups',
    DATABASE_URL: url,
    ...variables,
  };
  const processes = [new ApiProcess(shared), new ApiProcess(shared)] as const;
  const [one, other] = await Promise.all([processes[0].guest(), processes[1].guest()]);
  const come = async (path: string, body: object) => {
    const { data } = await one.post<SignedIn>(path, body);
    return [one.as(data), other.as(data)] as const;
  };
  return {
    database,
    signUp: (name) =>
      come('/auth/register/', { ...accountOf(name), first_name: name, last_name: 'Shopper' }),
    signIn: ({ user }) => come('/auth/login/', accountOf(user.first_name)),
    close: async () => {
      await Promise.all(processes.map((process) => process.remove()));
      await drop();
      await rm(parent, { recursive: true, maxRetries: 10 });
    },
  };
}

function accountOf(name: string) {
  return { email: `${name}@people.example`, password: PASSWORD };
}
