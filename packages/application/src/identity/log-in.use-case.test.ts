import { err, okAsync } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import { User, type PasswordHash } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import { aUser, emailAddress } from '../testing/builders/user.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { FakePasswordHasher } from '../testing/ports/fake-password-hasher.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { signInPorts } from '../testing/sign-in-ports.ts';
import { givenUser } from '../testing/stocked-shop.ts';
import { LogIn } from './log-in.use-case.ts';
import { FAILED_LOGINS } from './login-attempts.ts';
import { RefreshSession } from './refresh-session.use-case.ts';

const email = emailAddress('ada@example.com');
const FIRST_STEP = FAILED_LOGINS[0];
const wrong = err({ code: 'identity.invalid_credentials' });

let shop: ShopPorts;
let ports: ReturnType<typeof signInPorts>;
let logIn: LogIn;

beforeEach(async () => {
  shop = inMemoryShop();
  ports = signInPorts(shop);
  logIn = new LogIn({ ...ports, unitOfWork: shop.identity, users: shop.users });
  await givenUser(shop, aUser({ email, role: 'staff' }));
});

function attempt(wishes: { password?: string; email?: typeof email } = {}) {
  const command = {
    email: wishes.email ?? email,
    password: wishes.password ?? 'correct horse',
    clientAddress: '203.0.113.7',
  };
  return logIn.execute(command, AS_GUEST);
}

const AS_GUEST: CallContext = { actor: { kind: 'guest' }, correlationId: 'test' };

/** What the audit trail tells of people at the door, the latest first. */
async function signIns() {
  const all = { actor: null, action: null, subject: null, from: null, to: null };
  const { items } = await shop.auditQueries.list(all, { after: null, pageSize: 100 });
  return items.filter(({ action }) => /session|sign_in/.test(action));
}

const hashOf = async (address: typeof email) =>
  (await shop.users.findByEmail(address))._unsafeUnwrap().state.passwordHash;

describe('logging in', () => {
  it('gives tokens for who it is, and a session that can be renewed', async () => {
    const { user, tokens } = (await attempt())._unsafeUnwrap();
    expect(user.state.email).toBe(email);
    const claims = await ports.accessTokens.verify(tokens.access, shop.clock.now());
    expect(claims._unsafeUnwrap()).toMatchObject({ userId: user.state.id, role: 'staff' });
    const refreshSession = new RefreshSession({ ...ports, unitOfWork: shop.identity });
    const renewed = await refreshSession.execute({ refreshToken: tokens.refresh }, SHOP);
    expect(renewed.isOk()).toBe(true);
  });

  it('keeps a password that was hashed more weakly as today’s are kept, without a word', async () => {
    const older = emailAddress('eve@example.com');
    const eve = await givenUser(
      shop,
      aUser({ email: older, passwordHash: 'old hash of correct horse' }),
    );
    const events = (await shop.eventsOf(eve.state.id)).length;
    expect((await attempt({ email: older, password: 'wrong horse' })).isErr()).toBe(true);
    expect(await hashOf(older)).toBe('old hash of correct horse');
    expect((await attempt({ email: older })).isOk()).toBe(true);
    expect(await hashOf(older)).toBe('hash of correct horse');
    expect((await shop.eventsOf(eve.state.id)).length).toBe(events);
    expect((await attempt({ email: older })).isOk()).toBe(true);
    expect(await hashOf(older)).toBe('hash of correct horse');
  });

  it('does not bring back a password that was changed while it was hashed anew', async () => {
    const older = emailAddress('eve@example.com');
    const eve = await givenUser(
      shop,
      aUser({ email: older, passwordHash: 'old hash of correct horse' }),
    );
    const hasher = new FakePasswordHasher();
    ports.passwordHasher.rehash = async (...given) => {
      const changed = User.restore(eve.state, eve.version).changePassword(
        'hash of a new horse' as PasswordHash,
        shop.clock.now(),
      );
      (await shop.identity.run(SHOP, ({ users }) => users.save(changed)))._unsafeUnwrap();
      return hasher.rehash(...given);
    };
    expect((await attempt({ email: older })).isOk()).toBe(true);
    expect(await hashOf(older)).toBe('hash of a new horse');
  });

  it('lets in who was known a moment ago, though the account is gone when the hash is kept', async () => {
    const older = emailAddress('eve@example.com');
    const eve = aUser({ email: older, passwordHash: 'old hash of correct horse' });
    const found = { ...shop.users, findByEmail: () => okAsync(eve) };
    logIn = new LogIn({ ...ports, unitOfWork: shop.identity, users: found });
    expect((await attempt({ email: older })).isOk()).toBe(true);
    expect((await shop.users.find(eve.state.id)).isErr()).toBe(true);
  });

  it('knows the password however the keyboard composed it', async () => {
    const other = emailAddress('eve@example.com');
    await givenUser(shop, aUser({ email: other, passwordHash: 'hash of caf\u00e9 noir' }));
    expect((await attempt({ email: other, password: 'cafe\u0301 noir' })).isOk()).toBe(true);
  });

  it('refuses a wrong password and an unknown address alike, after the same work', async () => {
    expect(await attempt({ password: 'wrong horse' })).toEqual(wrong);
    expect(ports.passwordHasher.verifications).toBe(1);
    expect(await attempt({ email: emailAddress('nobody@example.com') })).toEqual(wrong);
    expect(ports.passwordHasher.verifications).toBe(2);
  });

  it('is refused after too many failures, right password or not, until the window has passed', async () => {
    for (let failure = 0; failure < FIRST_STEP.attempts; failure += 1)
      expect(await attempt({ password: 'wrong horse' })).toEqual(wrong);
    shop.clock.advance(FIRST_STEP.windowSeconds - 20);
    expect(await attempt()).toEqual(
      err({ code: 'identity.too_many_attempts', retryAfterSeconds: 20 }),
    );
    expect(ports.passwordHasher.verifications).toBe(FIRST_STEP.attempts);
    shop.clock.advance(20);
    expect((await attempt()).isOk()).toBe(true);
  });

  it('forgets the failures after a success', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let failure = 0; failure < FIRST_STEP.attempts - 1; failure += 1)
        expect(await attempt({ password: 'wrong horse' })).toEqual(wrong);
      expect((await attempt()).isOk()).toBe(true);
    }
  });

  it('is noted for the audit, a failure as well, and no address that nobody has', async () => {
    const { id } = (await shop.users.findByEmail(email))._unsafeUnwrap().state;
    const subject = { type: 'user', id };
    expect((await attempt({ password: 'wrong horse' })).isErr()).toBe(true);
    expect((await attempt({ email: emailAddress('nobody@example.com') })).isErr()).toBe(true);
    expect((await attempt()).isOk()).toBe(true);
    const trail = (await signIns()).toReversed();
    expect(trail).toMatchObject([
      {
        action: 'identity.sign_in_failed',
        actor: 'guest',
        subject,
        detail: { reason: 'password' },
      },
      { action: 'identity.sign_in_failed', actor: 'guest', subject: null, detail: {} },
      { action: 'identity.session_opened', actor: `user:${id}`, subject },
    ]);
    expect(JSON.stringify(trail)).not.toMatch(/nobody|example|horse/);
  });

  it('is not noted once there were too many failures: nobody fills the books', async () => {
    for (let failure = 0; failure < FIRST_STEP.attempts + 5; failure += 1)
      expect((await attempt({ password: 'wrong horse' })).isErr()).toBe(true);
    expect(await signIns()).toHaveLength(FIRST_STEP.attempts);
  });

  it('opens no session for those who are refused', async () => {
    expect((await attempt({ password: 'wrong horse' })).isErr()).toBe(true);
    expect(ports.tokenSecrets.next()).toBe('secret-1');
  });

  it('lets a limiter or a hasher that breaks be seen as the defect it is', async () => {
    const broken = { hash: fail, verify: fail, rehash: fail, verifyNothing: fail };
    logIn = new LogIn({
      ...ports,
      passwordHasher: broken,
      unitOfWork: shop.identity,
      users: shop.users,
    });
    await expect(Promise.resolve(attempt())).rejects.toThrow('a defect');
    await expect(
      Promise.resolve(attempt({ email: emailAddress('nobody@example.com') })),
    ).rejects.toThrow('a defect');
    logIn = new LogIn({
      ...ports,
      rateLimiter: { take: fail, giveBack: fail, clear: fail },
      unitOfWork: shop.identity,
      users: shop.users,
    });
    await expect(Promise.resolve(attempt())).rejects.toThrow('a defect');
  });
});

async function fail(): Promise<never> {
  throw new Error('a defect');
}
