import { randomBytes } from 'node:crypto';

import { Result } from 'neverthrow';

import {
  isSeedPlanted,
  recordSeed,
  withAdvisoryLock,
  type Database,
} from '@kastoma/adapters-postgres';
import { systemContext } from '@kastoma/application/core';
import {
  parseEmailAddress,
  parsePassword,
  type EmailAddress,
  type Password,
} from '@kastoma/domain/identity';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import type { AdminAccount, Environment } from '../config/environment.ts';
import { keepSecret } from '../config/kept-secret.ts';
import { StartRefused } from '../server/start-refused.ts';
import { plantCatalogue } from './catalogue.seed.ts';

type Account = { readonly email: string; readonly password: string };

/** The accounts that the first start makes on an embedded database, with their first passwords. */
export type FirstAccounts = { readonly admin: Account; readonly customer: Account };

const CONTEXT = systemContext('first-start');

/** Puts into a new shop what it starts with, each part once; replicas that start at once wait for each other. */
export async function plantSeeds(
  environment: Environment,
  database: Database,
  wiring: Wiring,
): Promise<FirstAccounts | null> {
  return withAdvisoryLock(database, 'seeds', async () => {
    if (environment.admin !== null) await ensureAdmin(wiring, environment.admin);
    const accounts =
      environment.databaseUrl === null ? await plantAccounts(environment, wiring) : null;
    if (environment.mode === 'development')
      await plantOnce(database, 'catalogue', () => plantCatalogue(wiring));
    return accounts;
  });
}

async function plantOnce(
  database: Database,
  name: string,
  plant: () => Promise<void>,
): Promise<void> {
  if (await isSeedPlanted(database, name)) return;
  await plant();
  await recordSeed(database, name);
}

async function ensureAdmin(wiring: Wiring, { email, password }: AdminAccount): Promise<void> {
  const ensured = await wiring.get(TOKENS.ensureFirstAdmin).execute({ email, password }, CONTEXT);
  if (ensured.isOk()) return;
  if (ensured.error.code === 'identity.email_taken') {
    throw new StartRefused(
      'KASTOMA_ADMIN_EMAIL: a customer has this address already: set another one.',
    );
  }
  throw new Error(`The first administrator could not be made: ${ensured.error.code}`);
}

/** Passwords are made once and kept beside the data, so that a start that was cut short goes on with the same ones. */
async function plantAccounts(
  { admin, dataFolder }: Environment,
  wiring: Wiring,
): Promise<FirstAccounts> {
  const newPassword = () => randomBytes(12).toString('base64url');
  const adminPassword =
    admin?.password ?? (await keepSecret(dataFolder, 'admin-password', newPassword));
  const customerPassword = await keepSecret(dataFolder, 'demo-password', newPassword);
  const accounts = {
    admin: { email: admin?.email ?? 'admin@kastoma.example', password: adminPassword },
    customer: { email: 'demo@kastoma.example', password: customerPassword },
  };
  if (admin === null) await ensureAdmin(wiring, toCredentials(accounts.admin));
  const demo = { ...toCredentials(accounts.customer), firstName: 'Demo', lastName: 'Customer' };
  const registered = await wiring.get(TOKENS.registerUser).execute(demo, CONTEXT);
  if (registered.isErr() && registered.error.code !== 'identity.email_taken') {
    throw new Error(`The demo customer could not be made: ${registered.error.code}`);
  }
  return accounts;
}

function toCredentials(account: Account): { email: EmailAddress; password: Password } {
  return Result.combine([parseEmailAddress(account.email), parsePassword(account.password)]).match(
    ([email, password]) => ({ email, password }),
    (error) => {
      throw new Error(`The account ${account.email} cannot be made: ${error.code}`);
    },
  );
}
