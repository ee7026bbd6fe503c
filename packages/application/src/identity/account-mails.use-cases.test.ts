import { err, ok } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Instant, SessionId } from '@kastoma/domain/core';
import {
  mailRequested,
  type PasswordHash,
  type TokenPurpose,
  type User,
} from '@kastoma/domain/identity';

import { aUser, emailAddress, password } from '../testing/builders/user.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { FakeMailer } from '../testing/ports/fake-mailer.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { signInPorts } from '../testing/sign-in-ports.ts';
import { givenUser } from '../testing/stocked-shop.ts';
import type { AccessRevocation } from './access-repository.port.ts';
import { passwordResetMail, type AccountMailSettings } from './account-mails.ts';
import { ChangePassword } from './change-password.use-case.ts';
import { LogIn } from './log-in.use-case.ts';
import { MailNotice } from './mail-notice.errand.ts';
import { MailToken } from './mail-token.errand.ts';
import { WRONG_PASSWORDS } from './prove-password.ts';
import { RefreshSession } from './refresh-session.use-case.ts';
import { ResetPassword } from './reset-password.use-case.ts';
import { TOKEN_USES } from './token-uses.ts';
import { VerifyEmail } from './verify-email.use-case.ts';

const accountMails: AccountMailSettings = {
  publicUrl: 'https://shop.example',
  tokenSeconds: { email_verification: 48 * 3_600, password_reset: 3_600 },
};
const refused = err({ code: 'identity.one_time_token_refused' });
const inTime = new AbortController().signal;
const clientAddress = '203.0.113.7';
const email = emailAddress('ada@example.com');

let shop: ShopPorts;
let ports: ReturnType<typeof signInPorts>;
let mailer: FakeMailer;
let revocations: AccessRevocation[];
let mailToken: MailToken;
let mailNotice: MailNotice;
let verifyEmail: VerifyEmail;
let resetPassword: ResetPassword;
let changePassword: ChangePassword;
let user: User;

beforeEach(async () => {
  shop = inMemoryShop();
  mailer = new FakeMailer();
  revocations = [];
  const revokedAccess = {
    add: async (revocation: AccessRevocation) => {
      revocations.push(revocation);
    },
    has: async () => false,
  };
  ports = signInPorts(shop);
  const given = {
    ...ports,
    unitOfWork: shop.identity,
    users: shop.users,
    revokedAccess,
    mailer,
    accountMails,
  };
  mailToken = new MailToken(given);
  mailNotice = new MailNotice(given);
  verifyEmail = new VerifyEmail(given);
  resetPassword = new ResetPassword(given);
  changePassword = new ChangePassword(given);
  user = await givenUser(shop, aUser({ email }));
});

/** Of the account that is there: its address and its names. */
const WEAK = [
  ['Password1', 'known'],
  ['ada in the hills', 'contains_email'],
  ['a keen shopper indeed', 'contains_name'],
] as const;
const weak = (reason: string) => ({
  code: 'identity.weak_password',
  path: ['newPassword'],
  reason,
});

/** What the relay does with a request that was noted. */
function deliver(purpose: TokenPurpose, eventId = 'event') {
  const request = { id: 'request', purpose, userId: user.state.id, at: shop.clock.now() };
  return mailToken.handle(mailRequested(request), SHOP, eventId, inTime);
}

async function tokenFor(purpose: TokenPurpose): Promise<string> {
  expect(await deliver(purpose)).toEqual(ok(null));
  return mailer.lastToken();
}

const verify = (token: string) => verifyEmail.execute({ token, clientAddress }, SHOP);
const reset = (token: string, newPassword = password('a new horse')) =>
  resetPassword.execute({ token, newPassword, clientAddress }, SHOP);
const standing = async () => (await shop.users.find(user.state.id))._unsafeUnwrap();
const change = (wishes: { current?: string; next?: string; kept?: SessionId } = {}) =>
  changePassword.execute(
    {
      userId: user.state.id,
      currentPassword: wishes.current ?? 'correct horse',
      newPassword: password(wishes.next ?? 'a new horse'),
      keptSession: wishes.kept ?? null,
    },
    SHOP,
  );
function logIn(typed: string) {
  const command = { email, password: typed, clientAddress };
  return new LogIn({ ...ports, unitOfWork: shop.identity, users: shop.users }).execute(
    command,
    SHOP,
  );
}

describe('a mail with a token', () => {
  it('goes to whoever registers, and calls an unproved address by no name', async () => {
    const newcomer = aUser({ email: emailAddress('new@example.com') });
    await givenUser(shop, newcomer);
    const [registered] = newcomer.pending;
    if (registered?.type !== 'identity.user_registered') expect.fail('It was not told.');
    expect(await mailToken.handle(registered, SHOP, 'event-1', inTime)).toEqual(ok(null));
    expect(mailer.sent).toMatchObject([
      {
        id: 'event-1.email-verification',
        to: 'new@example.com',
        subject: 'Confirm your e-mail address',
      },
    ]);
    expect(mailer.sent[0]?.text).toContain('https://shop.example/verify-email#token=secret-');
    expect(mailer.sent[0]?.text).toContain('within 48 hours');
    expect(mailer.sent[0]?.text).not.toContain(user.state.firstName);
  });

  it('says how long its token is good, and where to use it', async () => {
    await tokenFor('password_reset');
    expect(mailer.sent[0]?.text).toContain('https://shop.example/reset-password#token=secret-');
    expect(mailer.sent[0]?.text).toContain('within one hour');
  });

  it('says so in minutes where it is good for no full hour', async () => {
    const tokenSeconds = { ...accountMails.tokenSeconds, password_reset: 90 * 60 };
    const settings = { ...accountMails, tokenSeconds };
    expect(passwordResetMail('secret', settings).paragraphs).toContain(
      'The link can be used once, within 90 minutes.',
    );
  });

  it('is written to nobody when nobody has the address', async () => {
    const request = {
      id: 'r',
      purpose: 'password_reset',
      userId: null,
      at: shop.clock.now(),
    } as const;
    expect(await mailToken.handle(mailRequested(request), SHOP, 'event', inTime)).toEqual(ok(null));
    expect(mailer.sent).toEqual([]);
  });

  it('is not sent to confirm an address that is confirmed', async () => {
    expect((await verify(await tokenFor('email_verification'))).isOk()).toBe(true);
    expect(await deliver('email_verification')).toEqual(ok(null));
    expect(mailer.sent).toHaveLength(1);
  });

  it('is not sent to an account that is closed, whose older tokens open nothing', async () => {
    const token = await tokenFor('password_reset');
    const closed = (await standing()).deactivate(shop.clock.now());
    expect((await shop.identity.run(SHOP, ({ users }) => users.save(closed))).isOk()).toBe(true);
    expect(await deliver('password_reset')).toEqual(ok(null));
    expect(mailer.sent).toHaveLength(1);
    expect(await reset(token)).toEqual(refused);
  });

  it('that could not be sent is sent later under the same id, with a token that voids the first', async () => {
    mailer.refuse(1);
    await expect(async () => deliver('password_reset', 'event-7')).rejects.toThrow('out of order');
    expect(await deliver('password_reset', 'event-7')).toEqual(ok(null));
    expect(await deliver('password_reset', 'event-7')).toEqual(ok(null));
    expect(mailer.sent.map(({ id }) => id)).toEqual([
      'event-7.password-reset',
      'event-7.password-reset',
    ]);
    const [first, second] = mailer.sent.map(({ text }) => /#token=(\S+)/.exec(text)?.[1] ?? '');
    expect(await reset(first ?? '')).toEqual(refused);
    expect(await reset(second ?? '')).toEqual(ok(null));
  });
});

describe('confirming an e-mail address', () => {
  it('takes the token that was sent to it, once', async () => {
    const token = await tokenFor('email_verification');
    expect((await verify(token))._unsafeUnwrap().state.emailVerified).toBe(true);
    expect((await standing()).state.emailVerified).toBe(true);
    expect(await verify(token)).toEqual(refused);
    const told = await shop.eventsOf(user.state.id);
    expect(told.map(({ type }) => type)).toEqual([
      'identity.user_registered',
      'identity.email_verified',
    ]);
  });

  it('is welcomed by mail, with a name that stays text', async () => {
    const token = await tokenFor('email_verification');
    const [event] = (await verify(token))._unsafeUnwrap().pending;
    if (event?.type !== 'identity.email_verified') expect.fail('It was not told.');
    expect(await mailNotice.handle(event, SHOP, 'event-2', inTime)).toEqual(ok(null));
    const welcome = mailer.sent.at(-1);
    expect(welcome).toMatchObject({ id: 'event-2.welcome', to: email, subject: 'Welcome' });
    expect(welcome?.text).toContain(`Hello ${user.state.firstName},`);
  });

  it('refuses a token that is too old', async () => {
    const token = await tokenFor('email_verification');
    shop.clock.advance(48 * 3_600);
    expect(await verify(token)).toEqual(refused);
    expect((await standing()).state.emailVerified).toBe(false);
  });

  it('refuses what was made for something else, or by nobody', async () => {
    expect(await verify(await tokenFor('password_reset'))).toEqual(refused);
    expect(await verify('a token of my own')).toEqual(refused);
  });

  it('lets nobody try tokens without end', async () => {
    for (let time = 0; time < TOKEN_USES.attempts; time += 1)
      expect(await verify(`token ${time}`)).toEqual(refused);
    expect((await verify('one more'))._unsafeUnwrapErr().code).toBe('identity.too_many_attempts');
    expect((await reset('one more'))._unsafeUnwrapErr().code).toBe('identity.too_many_attempts');
  });
});

describe('resetting a password', () => {
  it('sets the new one, confirms the address, and tells both', async () => {
    const token = await tokenFor('password_reset');
    expect(await reset(token)).toEqual(ok(null));
    expect((await standing()).state).toMatchObject({
      passwordHash: 'hash of a new horse',
      emailVerified: true,
    });
    const told = await shop.eventsOf(user.state.id);
    expect(told.map(({ type }) => type).slice(1, 3)).toEqual([
      'identity.password_changed',
      'identity.email_verified',
    ]);
    expect(await logIn('correct horse')).toEqual(err({ code: 'identity.invalid_credentials' }));
    expect((await logIn('a new horse')).isOk()).toBe(true);
  });

  it('ends every session, and says so to whoever checks tokens', async () => {
    const { tokens } = (await logIn('correct horse'))._unsafeUnwrap();
    expect(await reset(await tokenFor('password_reset'))).toEqual(ok(null));
    const refreshSession = new RefreshSession({ ...ports, unitOfWork: shop.identity });
    const renewed = await refreshSession.execute({ refreshToken: tokens.refresh }, SHOP);
    expect(renewed).toEqual(err({ code: 'identity.session_ended' }));
    expect(revocations).toMatchObject([{ kind: 'user', userId: user.state.id }]);
  });

  it('is refused where the account is gone, though its token is still there', async () => {
    const hash = ports.tokenSecrets.hash('a token');
    const given = { userId: aUser().state.id, purpose: 'password_reset' as const, hash };
    const createdAt = shop.clock.now();
    const expiresAt = (createdAt + 60_000) as Instant;
    const kept = shop.identity.run(SHOP, ({ oneTimeTokens }) =>
      oneTimeTokens.replace({ ...given, createdAt, expiresAt }),
    );
    expect((await kept).isOk()).toBe(true);
    expect(await reset('a token')).toEqual(refused);
  });

  it('works once with one token, though ten come at once', async () => {
    const token = await tokenFor('password_reset');
    const runs = await Promise.all(
      Array.from({ length: 10 }, (_, index) => reset(token, password(`new horse ${index}`))),
    );
    expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    expect(runs.filter((run) => run.isErr())).toEqual(Array.from({ length: 9 }, () => refused));
  });

  it('refuses a token that is too old, was replaced, or came by the other mail', async () => {
    const replaced = await tokenFor('password_reset');
    const token = await tokenFor('password_reset');
    const other = await tokenFor('email_verification');
    expect(await reset(replaced)).toEqual(refused);
    expect(await reset(other)).toEqual(refused);
    shop.clock.advance(3_600);
    expect(await reset(token)).toEqual(refused);
    expect((await standing()).state.passwordHash).toBe('hash of correct horse');
    expect(revocations).toEqual([]);
  });

  it.each(WEAK)(
    'refuses %s, which others try first, and lets the token be',
    async (text, reason) => {
      const token = await tokenFor('password_reset');
      const weakOne = await reset(token, password(text));
      expect(weakOne._unsafeUnwrapErr()).toMatchObject(weak(reason));
      expect(ports.passwordHasher.hashes).toBe(0);
      expect((await reset(token)).isOk()).toBe(true);
    },
  );

  it('tells whoever has no good token nothing about passwords', async () => {
    expect(await reset('made up', password('Password1'))).toEqual(refused);
  });

  it('hashes nothing for a token that is not good', async () => {
    expect(await reset('a token of my own')).toEqual(refused);
    expect(ports.passwordHasher.hashes).toBe(0);
  });
});

describe('changing one’s password', () => {
  it('takes the present one, and ends the sessions that it opened', async () => {
    expect(await change()).toEqual(ok(null));
    expect((await standing()).state.passwordHash).toBe('hash of a new horse');
    expect(revocations).toMatchObject([{ kind: 'user', userId: user.state.id }]);
  });

  it.each(WEAK)('refuses %s, which others try first', async (text, reason) => {
    expect((await change({ next: text }))._unsafeUnwrapErr()).toMatchObject(weak(reason));
    expect((await logIn('correct horse')).isOk()).toBe(true);
  });

  it('tells whoever does not know the present one nothing about the new one', async () => {
    const guess = await change({ current: 'wrong horse', next: 'Password1' });
    expect(guess).toEqual(err({ code: 'identity.wrong_password', path: ['currentPassword'] }));
  });

  it('leaves the session of who asks alone', async () => {
    const [mine, other] = [
      (await logIn('correct horse'))._unsafeUnwrap().tokens.refresh,
      (await logIn('correct horse'))._unsafeUnwrap().tokens.refresh,
    ];
    const kept = mine.split('.')[0] as SessionId;
    expect(await change({ kept })).toEqual(ok(null));
    const refreshSession = new RefreshSession({ ...ports, unitOfWork: shop.identity });
    expect((await refreshSession.execute({ refreshToken: mine }, SHOP)).isOk()).toBe(true);
    expect((await refreshSession.execute({ refreshToken: other }, SHOP)).isErr()).toBe(true);
  });

  it('voids the tokens that were sent to reset it', async () => {
    const token = await tokenFor('password_reset');
    expect(await change()).toEqual(ok(null));
    expect(await reset(token)).toEqual(refused);
  });

  it('refuses whoever does not know the present one, and after a while does not listen', async () => {
    for (let time = 0; time < WRONG_PASSWORDS[0].attempts; time += 1)
      expect(await change({ current: 'wrong horse' })).toEqual(
        err({ code: 'identity.wrong_password', path: ['currentPassword'] }),
      );
    expect((await change())._unsafeUnwrapErr()).toEqual({
      code: 'identity.too_many_attempts',
      retryAfterSeconds: WRONG_PASSWORDS[0].windowSeconds,
    });
    expect(ports.passwordHasher.verifications).toBe(WRONG_PASSWORDS[0].attempts);
    shop.clock.advance(WRONG_PASSWORDS[0].windowSeconds);
    expect(await change()).toEqual(ok(null));
  });

  it('may be done as often as one likes: only wrong tries count', async () => {
    for (let time = 0; time < WRONG_PASSWORDS[0].attempts; time += 1) {
      expect(await change({ current: 'wrong horse' })).toEqual(
        err({ code: 'identity.wrong_password', path: ['currentPassword'] }),
      );
      const current = time === 0 ? 'correct horse' : 'a new horse';
      expect(await change({ current })).toEqual(ok(null));
    }
  });

  it('lets one of two go through who come at once with the same present one', async () => {
    const runs = await Promise.all([change(), change()]);
    expect(runs.filter((run) => run.isOk())).toHaveLength(1);
    expect(runs.find((run) => run.isErr())).toEqual(err({ code: 'core.concurrent_update' }));
  });

  it('is told to the owner by mail, with a way to act if it was somebody else', async () => {
    expect(await change()).toEqual(ok(null));
    const event = (await standing()).changePassword(user.state.passwordHash, 0 as Instant)
      .pending[0];
    if (event?.type !== 'identity.password_changed') expect.fail('It was not told.');
    expect(await mailNotice.handle(event, SHOP, 'event-3', inTime)).toEqual(ok(null));
    expect(mailer.sent).toMatchObject([
      { id: 'event-3.password-changed', to: email, subject: 'Your password was changed' },
    ]);
    expect(mailer.sent[0]?.text).toContain('Hello,\n');
    expect(mailer.sent[0]?.text).toContain('https://shop.example/reset-password');
  });

  it('is told to nobody where the account was closed since, or is gone', async () => {
    const changed = user.changePassword('hash of a new horse' as PasswordHash, shop.clock.now());
    const [event] = changed.pending;
    if (event?.type !== 'identity.password_changed') expect.fail('It was not told.');
    const closed = user.deactivate(shop.clock.now());
    expect((await shop.identity.run(SHOP, ({ users }) => users.save(closed))).isOk()).toBe(true);
    expect(await mailNotice.handle(event, SHOP, 'event-4', inTime)).toEqual(ok(null));
    const gone = { ...event, payload: { ...event.payload, userId: aUser().state.id } };
    expect(await mailNotice.handle(gone, SHOP, 'event-5', inTime)).toEqual(ok(null));
    expect(mailer.sent).toEqual([]);
  });
});
