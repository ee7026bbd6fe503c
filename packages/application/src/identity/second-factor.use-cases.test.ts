import { err, ok, ResultAsync } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Instant, SessionId, UserId } from '@kastoma/domain/core';
import {
  ENROLMENT_MILLISECONDS,
  RECOVERY_CODES,
  stepAt,
  type User,
} from '@kastoma/domain/identity';

import { aSession } from '../testing/builders/session.builder.ts';
import { aUser, emailAddress, password as aPassword } from '../testing/builders/user.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import {
  authenticatorOf,
  givenSecondFactor,
  type Authenticator,
} from '../testing/second-factors.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { signInPorts } from '../testing/sign-in-ports.ts';
import { givenUser } from '../testing/stocked-shop.ts';
import { ChangePassword } from './change-password.use-case.ts';
import { ConfirmSecondFactor } from './confirm-second-factor.use-case.ts';
import { DisableSecondFactor } from './disable-second-factor.use-case.ts';
import { EnrolSecondFactor } from './enrol-second-factor.use-case.ts';
import { EraseAccount } from './erase-account.use-case.ts';
import { LogIn } from './log-in.use-case.ts';
import { WRONG_PASSWORDS } from './prove-password.ts';
import { ReplaceRecoveryCodes } from './replace-recovery-codes.use-case.ts';
import { ResetPassword } from './reset-password.use-case.ts';
import { ResetSecondFactor } from './reset-second-factor.use-case.ts';
import {
  forgiveWrongCodes,
  SecondFactorCheck,
  WRONG_APP_CODES,
  WRONG_CODES,
} from './second-factor-check.ts';
import type { SecondFactorPolicy } from './second-factor-policy.ts';
import { ViewSecondFactor } from './view-second-factor.query.ts';

const email = emailAddress('ada@example.com');
const password = 'correct horse';
const notFound = err({ code: 'identity.second_factor_not_found' });
const wrongCode = err({ code: 'identity.wrong_second_factor_code', path: ['code'] });
const wrongPassword = err({ code: 'identity.wrong_password', path: ['password'] });
const HALF_A_MINUTE = 30;
const secondFactorPolicy: SecondFactorPolicy = { requiredOf: 'staff', issuer: 'The Shop' };

let shop: ShopPorts;
let ports: ReturnType<typeof signInPorts>;
let ada: User;
let userId: UserId;

beforeEach(async () => {
  shop = inMemoryShop();
  ports = signInPorts(shop);
  ada = await givenUser(shop, aUser({ email, role: 'staff' }));
  userId = ada.state.id;
});

const dependencies = () => ({
  ...ports,
  unitOfWork: shop.identity,
  users: shop.users,
  secondFactors: shop.secondFactors,
  secondFactorPolicy,
});
const enrol = (typed = password, id = userId) =>
  new EnrolSecondFactor(dependencies()).execute({ userId: id, password: typed }, SHOP);
const confirm = (code: string, keptSession: SessionId | null = null, id = userId) =>
  new ConfirmSecondFactor(dependencies()).execute({ userId: id, code, keptSession }, SHOP);
const disable = (code: string, typed = password) =>
  new DisableSecondFactor(dependencies()).execute({ userId, password: typed, code }, SHOP);
const replaceCodes = (code: string, typed = password) =>
  new ReplaceRecoveryCodes(dependencies()).execute({ userId, password: typed, code }, SHOP);
const changePassword = (currentPassword: string, newPassword: string, code?: string) =>
  new ChangePassword(dependencies()).execute(
    { userId, currentPassword, newPassword: aPassword(newPassword), code, keptSession: null },
    SHOP,
  );
const erase = (typed: string) =>
  new EraseAccount({ ...dependencies(), privacyPolicy: { yearsOfOrderAddresses: 0 } }).execute(
    { userId, password: typed, expectedVersion: null },
    SHOP,
  );
const reset = (administrator: UserId | null, id = userId, expectedVersion: number | null = null) =>
  new ResetSecondFactor(dependencies()).execute(
    { userId: id, administrator, expectedVersion },
    SHOP,
  );
const view = async () =>
  (await new ViewSecondFactor(dependencies()).execute(userId))._unsafeUnwrap();
const logIn = (code?: string) =>
  new LogIn(dependencies()).execute({ email, password, clientAddress: '::1', code }, SHOP);

async function enrolled(id = userId): Promise<Authenticator> {
  const { secret } = (await enrol(password, id))._unsafeUnwrap();
  return authenticatorOf(ports.secondFactorSecrets, secret);
}
const now = () => shop.clock.now();
const isAsked = async () =>
  (await logIn()).match(
    () => false,
    ({ code }) => code === 'identity.second_factor_required',
  );

async function openSession(): Promise<SessionId> {
  const session = aSession(userId);
  (await shop.identity.run(SHOP, ({ sessions }) => sessions.save(session)))._unsafeUnwrap();
  return session.state.id;
}
const isOpen = async (id: SessionId) => (await shop.accessStandings.find(id)) !== null;

describe('enrolling a second factor', () => {
  it('takes the password, shows secret and address of the app, and asks nobody for codes yet', async () => {
    expect(await enrol('wrong horse')).toEqual(wrongPassword);
    const { secret, uri } = (await enrol())._unsafeUnwrap();
    expect(uri).toContain(`secret=${secret}&issuer=The%20Shop`);
    expect(uri).toContain('ada%40example.com');
    expect((await logIn()).isOk()).toBe(true);
    expect(await view()).toEqual({
      enabledSince: null,
      recoveryCodesLeft: 0,
      required: true,
      version: 1,
    });
  });

  it('again before it is confirmed makes the first secret worthless', async () => {
    const first = await enrolled();
    const second = await enrolled();
    expect(await confirm(first.show(now()))).toEqual(wrongCode);
    expect((await confirm(second.show(now()))).isOk()).toBe(true);
  });

  it('is refused while there is an active one', async () => {
    await givenSecondFactor(shop, ada, ports.secondFactorSecrets);
    expect(await enrol()).toEqual(err({ code: 'identity.second_factor_active' }));
    expect(await isAsked()).toBe(true);
  });

  it('counts wrong passwords', async () => {
    for (let failure = 0; failure < WRONG_PASSWORDS[0].attempts; failure += 1)
      expect(await enrol('wrong horse')).toEqual(wrongPassword);
    expect(await enrol()).toMatchObject(err({ code: 'identity.too_many_attempts' }));
  });

  it('shares one count of wrong passwords with all that ask whoever is signed in for it', async () => {
    const tooMany = err({ code: 'identity.too_many_attempts' });
    for (let failure = 2; failure < WRONG_PASSWORDS[0].attempts; failure += 1)
      expect(await enrol('wrong horse')).toEqual(wrongPassword);
    expect(await erase('wrong horse')).toEqual(wrongPassword);
    expect(await changePassword('wrong horse', 'a new horse')).toEqual(
      err({ code: 'identity.wrong_password', path: ['currentPassword'] }),
    );
    expect(await erase(password)).toMatchObject(tooMany);
    expect(await changePassword(password, 'a new horse')).toMatchObject(tooMany);
    expect(await enrol()).toMatchObject(tooMany);
  });
});

describe('confirming it', () => {
  it('asks for codes from then on, ends the other sessions, and gives recovery codes once', async () => {
    const [kept, other] = [await openSession(), await openSession()];
    const app = await enrolled();
    const codes = (await confirm(app.show(now()), kept))._unsafeUnwrap();
    expect(new Set(codes).size).toBe(RECOVERY_CODES);
    expect(await isAsked()).toBe(true);
    expect([await isOpen(kept), await isOpen(other)]).toEqual([true, false]);
    expect(ports.revokedAccess.added).toEqual([{ kind: 'user', userId, firstGoodVersion: 2 }]);
    expect(await view()).toEqual({
      enabledSince: now(),
      recoveryCodesLeft: RECOVERY_CODES,
      required: true,
      version: 2,
    });
    for (const code of codes) expect((await logIn(code)).isOk()).toBe(true);
    expect(await view()).toMatchObject({ recoveryCodesLeft: 0 });
  });

  it('uses the code up', async () => {
    const app = await enrolled();
    expect((await confirm(app.show(now()))).isOk()).toBe(true);
    expect((await logIn(app.show(now()))).isErr()).toBe(true);
    shop.clock.advance(HALF_A_MINUTE);
    expect((await logIn(app.show(now()))).isOk()).toBe(true);
  });

  it('keeps nothing of the codes but hashes', async () => {
    const app = await enrolled();
    const codes = (await confirm(app.show(now())))._unsafeUnwrap();
    const { state } = (await shop.secondFactors.find(userId))._unsafeUnwrap();
    expect(state.recoveryCodes).toEqual(codes.map((code) => `hash of ${code}`));
  });

  it('with a wrong code changes nothing, and the enrolment still waits', async () => {
    const app = await enrolled();
    for (const code of ['000000', '', 'no code', '0000000000000001'])
      expect(await confirm(code)).toEqual(wrongCode);
    expect((await logIn()).isOk()).toBe(true);
    expect((await confirm(app.show(now()))).isOk()).toBe(true);
  });

  it('does nothing with the code of somebody else’s enrolment', async () => {
    const eve = await givenUser(shop, aUser({ email: emailAddress('eve@example.com') }));
    const hers = await enrolled(eve.state.id);
    expect(await confirm(hers.show(now()))).toEqual(notFound);
    const mine = await enrolled();
    expect(await confirm(hers.show(now()))).toEqual(wrongCode);
    expect(await confirm(mine.show(now()), null, eve.state.id)).toEqual(wrongCode);
    expect((await confirm(mine.show(now()))).isOk()).toBe(true);
    expect((await confirm(hers.show(now()), null, eve.state.id)).isOk()).toBe(true);
  });

  it('comes too late after a while, is done once, and needs an enrolment', async () => {
    expect(await confirm('000000')).toEqual(notFound);
    const late = await enrolled();
    shop.clock.advance(ENROLMENT_MILLISECONDS / 1000);
    expect(await confirm(late.show(now()))).toEqual(notFound);
    const app = await enrolled();
    expect((await confirm(app.show(now()))).isOk()).toBe(true);
    shop.clock.advance(HALF_A_MINUTE);
    expect(await confirm(app.show(now()))).toEqual(err({ code: 'identity.second_factor_active' }));
  });

  it('is done by one of two who come with one code at the same moment', async () => {
    const code = (await enrolled()).show(now());
    const both = await Promise.all([confirm(code), confirm(code)]);
    expect(both.filter((outcome) => outcome.isOk())).toHaveLength(1);
  });

  it('counts wrong codes, and nothing but wrong codes', async () => {
    for (let time = 0; time < 2 * WRONG_CODES[1].attempts; time += 1)
      expect(await confirm('000000')).toEqual(notFound);
    const app = await enrolled();
    for (let failure = 0; failure < WRONG_CODES[0].attempts; failure += 1)
      expect(await confirm('000000')).toEqual(wrongCode);
    expect(await confirm(app.show(now()))).toMatchObject(
      err({ code: 'identity.too_many_attempts' }),
    );
  });
});

describe('an active second factor', () => {
  let app: Authenticator;
  let codes: readonly string[];

  beforeEach(async () => {
    app = await enrolled();
    codes = (await confirm(app.show(now())))._unsafeUnwrap();
    shop.clock.advance(HALF_A_MINUTE);
  });

  it('is switched off with password and code', async () => {
    expect(await disable(app.show(now()), 'wrong horse')).toEqual(wrongPassword);
    expect(await disable('000000')).toEqual(wrongCode);
    expect(await isAsked()).toBe(true);
    expect((await disable(app.show(now()))).isOk()).toBe(true);
    expect((await logIn()).isOk()).toBe(true);
    expect(await disable(app.show(now()))).toEqual(notFound);
  });

  it('is switched off with a recovery code, and another one may be enrolled', async () => {
    expect((await disable(codes[3] ?? '')).isOk()).toBe(true);
    const next = await enrolled();
    expect((await confirm(next.show(now()))).isOk()).toBe(true);
    expect(await isAsked()).toBe(true);
    expect((await logIn(codes[4])).isErr()).toBe(true);
  });

  it('gets new recovery codes with password and code, and the old ones are void', async () => {
    expect(await replaceCodes(app.show(now()), 'wrong horse')).toEqual(wrongPassword);
    expect(await replaceCodes('000000')).toEqual(wrongCode);
    const next = (await replaceCodes(app.show(now())))._unsafeUnwrap();
    expect(next).toHaveLength(RECOVERY_CODES);
    expect(next.filter((code) => codes.includes(code))).toEqual([]);
    expect((await logIn(codes[0])).isErr()).toBe(true);
    expect((await logIn(next[0])).isOk()).toBe(true);
  });

  it('shares one count of wrong codes between all that take one', async () => {
    expect(await disable('000000')).toEqual(wrongCode);
    expect(await replaceCodes('000000')).toEqual(wrongCode);
    for (let failure = 2; failure < WRONG_CODES[0].attempts; failure += 1)
      expect((await logIn('000000')).isErr()).toBe(true);
    expect(await disable(app.show(now()))).toMatchObject(
      err({ code: 'identity.too_many_attempts' }),
    );
  });

  it('is guessed at no more often by whoever changes the password in between', async () => {
    for (let failure = 0; failure < WRONG_CODES[0].attempts; failure += 1)
      expect(await disable('000000')).toEqual(wrongCode);
    const tooMany = err({ code: 'identity.too_many_attempts' });
    expect(await changePassword(password, 'a new horse', app.show(now()))).toMatchObject(tooMany);
    shop.clock.advance(WRONG_CODES[0].windowSeconds);
    expect(await disable('000000')).toEqual(wrongCode);
    expect(await changePassword(password, 'a new horse', app.show(now()))).toEqual(ok(null));
    for (let failure = 1; failure < WRONG_CODES[0].attempts; failure += 1)
      expect(await disable('000000', 'a new horse')).toEqual(wrongCode);
    expect(await disable('000000', 'a new horse')).toMatchObject(tooMany);
  });

  it('stays when the password is set anew by mail, and its owner may try again at once', async () => {
    for (let failure = 0; failure < WRONG_CODES[0].attempts; failure += 1)
      expect(await disable('000000')).toEqual(wrongCode);
    const hash = ports.tokenSecrets.hash('from the mail');
    const expiresAt = (now() + 1) as Instant;
    const token = { purpose: 'password_reset', userId, hash, createdAt: now(), expiresAt } as const;
    (
      await shop.identity.run(SHOP, ({ oneTimeTokens }) => oneTimeTokens.replace(token))
    )._unsafeUnwrap();
    const command = { token: 'from the mail', newPassword: aPassword(password), clientAddress: '' };
    const outcome = await new ResetPassword(dependencies()).execute(command, SHOP);
    expect(outcome.isOk()).toBe(true);
    expect(await isAsked()).toBe(true);
    expect((await logIn(app.show(now()))).isOk()).toBe(true);
  });

  it('that is enrolled anew begins a new month of guesses', async () => {
    const guesses = { state: { id: userId } } as User;
    const check = new SecondFactorCheck(ports);
    for (let guess = 0; guess < WRONG_APP_CODES.attempts; guess += 1) {
      expect(await check.count(guesses, '000000', async () => wrongCode)).toEqual(wrongCode);
      await forgiveWrongCodes(userId, ports.rateLimiter);
    }
    expect((await logIn(app.show(now()))).isErr()).toBe(true);
    expect((await disable(codes[0] ?? '')).isOk()).toBe(true);
    const next = await enrolled();
    expect((await confirm(next.show(now()))).isOk()).toBe(true);
    shop.clock.advance(HALF_A_MINUTE);
    expect((await logIn(next.show(now()))).isOk()).toBe(true);
  });

  it('is forgotten with its owner', async () => {
    const rules = { ordersPlacedBefore: now() };
    const forgotten = await shop.identity.run(SHOP, ({ personalData }) =>
      ResultAsync.fromSafePromise(personalData.forget(userId, rules)),
    );
    expect(forgotten.isOk()).toBe(true);
    expect(await shop.secondFactors.find(userId)).toEqual(notFound);
  });

  it('is reset by an administrator, which ends every session', async () => {
    const [admin, open] = [await givenUser(shop, aUser({ role: 'admin' })), await openSession()];
    expect(await reset(admin.state.id)).toEqual(ok(null));
    expect(await isOpen(open)).toBe(false);
    expect((await logIn()).isOk()).toBe(true);
    expect(ports.revokedAccess.added.at(-1)).toMatchObject({ kind: 'user', userId });
    expect(await reset(admin.state.id)).toEqual(notFound);
  });

  it('is reset by whoever runs the shop, for an administrator whom nobody else can help', async () => {
    expect(await reset(null)).toEqual(ok(null));
    expect((await logIn()).isOk()).toBe(true);
  });

  it('is reset in the version that was seen, and in no other', async () => {
    const admin = await givenUser(shop, aUser({ role: 'admin' }));
    expect(await reset(admin.state.id, userId, 1)).toEqual(
      err({ code: 'core.stale_version', currentVersion: 2 }),
    );
    expect(await isAsked()).toBe(true);
    expect(await reset(admin.state.id, userId, 2)).toEqual(ok(null));
  });

  it('is not reset by its owner, and there are others to whom nothing can be done', async () => {
    expect(await reset(userId)).toEqual(err({ code: 'identity.own_second_factor' }));
    expect(await isAsked()).toBe(true);
    expect(await reset(userId, 'nobody' as UserId)).toEqual(
      err({ code: 'identity.user_not_found' }),
    );
    const other = await givenUser(shop);
    await enrolled(other.state.id);
    expect(await reset(userId, other.state.id)).toEqual(notFound);
  });

  it('tells of each of its changes, and not what it is', async () => {
    const { id } = (await shop.secondFactors.find(userId))._unsafeUnwrap().state;
    expect((await replaceCodes(codes[0] ?? '')).isOk()).toBe(true);
    expect((await disable(app.show(now()))).isOk()).toBe(true);
    const events = await shop.eventsOf(id);
    expect(events.map(({ type }) => type)).toEqual([
      'identity.second_factor_enabled',
      'identity.recovery_code_used',
      'identity.recovery_codes_replaced',
      'identity.second_factor_disabled',
    ]);
    expect(events.map(({ payload }) => payload)).toEqual([
      { userId },
      { userId, left: RECOVERY_CODES - 1 },
      { userId },
      { userId },
    ]);
  });

  it('is shown in what is stored of its owner, without its secrets', async () => {
    const file = JSON.stringify(await shop.personalData.collect(userId));
    expect(file).toContain('"second_factors":[{"enrolledAt"');
    expect(file).not.toContain('SECRET');
    expect(file).not.toContain(String(stepAt(now())));
  });
});
