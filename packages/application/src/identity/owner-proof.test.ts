import { err, ok } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { UserId } from '@kastoma/domain/core';
import type { TokenHash } from '@kastoma/domain/identity';

import { aUser, password as aPassword } from '../testing/builders/user.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { givenSecondFactor, type Authenticator } from '../testing/second-factors.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { signInPorts } from '../testing/sign-in-ports.ts';
import { givenUser } from '../testing/stocked-shop.ts';
import { ChangePassword } from './change-password.use-case.ts';
import { EraseAccount } from './erase-account.use-case.ts';
import { forgiveWrongPasswords, WRONG_PASSWORDS } from './prove-password.ts';

const password = 'correct horse';
const RECOVERY = '7K3M-Q9TX-2VBN-0HRD';
const wrongCode = err({ code: 'identity.wrong_second_factor_code', path: ['code'] });
const wrongPassword = err({ code: 'identity.wrong_password', path: ['password'] });

let shop: ShopPorts;
let ports: ReturnType<typeof signInPorts>;
let userId: UserId;
let app: Authenticator;

beforeEach(async () => {
  shop = inMemoryShop();
  ports = signInPorts(shop);
  const ada = await givenUser(shop, aUser());
  userId = ada.state.id;
  const recovery = [`hash of ${RECOVERY.replaceAll('-', '')}` as TokenHash];
  app = await givenSecondFactor(shop, ada, ports.secondFactorSecrets, recovery);
});

const dependencies = () => ({ ...ports, unitOfWork: shop.identity, users: shop.users });
const changePassword = (currentPassword: string, newPassword: string, code?: string) =>
  new ChangePassword(dependencies()).execute(
    { userId, currentPassword, newPassword: aPassword(newPassword), code, keptSession: null },
    SHOP,
  );
const erase = (typed: string, code?: string) =>
  new EraseAccount({ ...dependencies(), privacyPolicy: { yearsOfOrderAddresses: 0 } }).execute(
    { userId, password: typed, code, expectedVersion: null },
    SHOP,
  );
const now = () => shop.clock.now();

describe('a code of the second factor, beside the password', () => {
  it('is wanted for a new password and to erase the account, and its code is used up by that', async () => {
    const required = err({ code: 'identity.second_factor_required' });
    expect(await changePassword(password, 'a new horse')).toEqual(required);
    expect(await changePassword(password, 'a new horse', '000000')).toEqual(wrongCode);
    const code = app.show(now());
    expect(await changePassword(password, 'a new horse', code)).toEqual(ok(null));
    expect(await erase('a new horse')).toEqual(required);
    expect(await erase('a new horse', code)).toEqual(wrongCode);
    expect(await erase('a new horse', RECOVERY)).toEqual(ok(null));
    expect((await shop.users.find(userId)).isErr()).toBe(true);
  });

  it('has its code left where the new password is refused', async () => {
    const code = app.show(now());
    expect((await changePassword(password, 'aaaaaaaa', code)).isErr()).toBe(true);
    expect(await changePassword(password, 'a new horse', code)).toEqual(ok(null));
  });
});

describe('a password that whoever is signed in is asked for', () => {
  it('is refused for longer the more passwords were wrong, all day long, whoever is patient', async () => {
    const { attempts: most, windowSeconds } = WRONG_PASSWORDS[2];
    let guesses = 0;
    for (let seconds = 0; seconds < windowSeconds; seconds += 300) {
      for (let time = 0; time < WRONG_PASSWORDS[0].attempts; time += 1)
        if (
          (await erase('wrong horse')).match(
            () => '',
            ({ code }) => code,
          ) === 'identity.wrong_password'
        )
          guesses += 1;
      shop.clock.advance(300);
    }
    expect(guesses).toBe(most);
    await forgiveWrongPasswords(userId, ports.rateLimiter);
    expect(await erase('wrong horse')).toEqual(wrongPassword);
  });
});
