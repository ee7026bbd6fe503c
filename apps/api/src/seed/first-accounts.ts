import { randomBytes } from 'node:crypto';

import { Result } from 'neverthrow';

import { systemContext } from '@kastoma/application/core';
import {
  parseEmailAddress,
  parsePassword,
  type EmailAddress,
  type Password,
} from '@kastoma/domain/identity';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import type { Environment } from '../config/environment.ts';
import { keepSecret } from '../config/kept-secret.ts';
import { StartRefused } from '../server/start-refused.ts';

/** An account that is there and still opens with its first password: null where the environment has set that. */
export type FirstAccount = { readonly email: string; readonly password: string | null };

export type FirstAccounts = {
  readonly staff: FirstAccount | null;
  readonly customer: FirstAccount | null;
  /** There is an administrator, and it is not the one that the environment asks for. */
  readonly adminSettingsIgnored: boolean;
};

type Credentials = { readonly email: EmailAddress; readonly password: Password };

const CONTEXT = systemContext('first-start');

/** Makes the administrator that the environment asks for; on an embedded database there is always one, and a customer. */
export async function plantAccounts(
  { admin, databaseUrl, dataFolder }: Environment,
  wiring: Wiring,
): Promise<FirstAccounts> {
  const asked = admin === null ? null : await plantAdmin(wiring, admin);
  const isEmbedded = databaseUrl === null;
  const ours =
    isEmbedded && asked === null
      ? await plantAdmin(wiring, await ownAccount(wiring, dataFolder, 'admin'))
      : null;
  const customer = isEmbedded
    ? await plantCustomer(wiring, await ownAccount(wiring, dataFolder, 'demo'))
    : null;
  return {
    staff: asked === null ? shown(ours) : { email: asked.email, password: null },
    customer: shown(customer),
    adminSettingsIgnored: admin !== null && asked === null,
  };
}

/** Its password is made once and kept beside the data, so that a start that was cut short goes on with the same one. */
async function ownAccount(
  wiring: Wiring,
  dataFolder: string,
  name: 'admin' | 'demo',
): Promise<Credentials> {
  const password = await keepSecret(dataFolder, `${name}-password`, () => ownPassword(wiring));
  const email = `${name}@kastoma.example`;
  return Result.combine([parseEmailAddress(email), parsePassword(password)]).match(
    ([parsedEmail, parsedPassword]) => ({ email: parsedEmail, password: parsedPassword }),
    (error) => {
      throw new Error(`The account ${email} cannot be made: ${error.code}`);
    },
  );
}

/** Hexadecimal digits make no name; what looks like one of the known passwords is made anew. */
function ownPassword(wiring: Wiring): string {
  const made = randomBytes(12).toString('hex');
  return wiring.get(TOKENS.knownPasswords).has(made) ? ownPassword(wiring) : made;
}

/** The account when it is the administrator's, whether it was made now or at an earlier start. */
async function plantAdmin(wiring: Wiring, account: Credentials): Promise<Credentials | null> {
  const ensured = await wiring.get(TOKENS.ensureFirstAdmin).execute(account, CONTEXT);
  if (ensured.isOk())
    return ensured.value || (await opens(wiring, account, 'admin')) ? account : null;
  if (ensured.error.code === 'identity.email_taken') {
    throw new StartRefused(
      'KASTOMA_ADMIN_EMAIL: a customer has this address already: set another one.',
    );
  }
  if (ensured.error.code === 'identity.weak_password') {
    throw new StartRefused(
      'KASTOMA_ADMIN_PASSWORD: others would try it first, since it is known, a pattern, or of the e-mail address: set another one.',
    );
  }
  throw new Error(`The first administrator could not be made: ${ensured.error.code}`);
}

async function plantCustomer(wiring: Wiring, account: Credentials): Promise<Credentials | null> {
  const present = await wiring.get(TOKENS.userReader).findByEmail(account.email);
  if (present.isOk()) return (await opens(wiring, account, 'customer')) ? account : null;
  const demo = { ...account, firstName: 'Demo', lastName: 'Customer', emailVerified: true };
  const registered = await wiring.get(TOKENS.registerUser).execute(demo, CONTEXT);
  if (registered.isOk()) return account;
  throw new Error(`The demo customer could not be made: ${registered.error.code}`);
}

async function opens(
  wiring: Wiring,
  { email, password }: Credentials,
  role: 'admin' | 'customer',
): Promise<boolean> {
  const user = await wiring.get(TOKENS.userReader).findByEmail(email);
  if (user.isErr() || user.value.state.role !== role) return false;
  return wiring.get(TOKENS.passwordHasher).verify(password, user.value.state.passwordHash);
}

function shown(account: Credentials | null): FirstAccount | null {
  return account === null ? null : { email: account.email, password: account.password };
}
