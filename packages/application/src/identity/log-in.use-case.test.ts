import { err } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import { aUser, emailAddress } from '../testing/builders/user.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { signInPorts } from '../testing/sign-in-ports.ts';
import { givenUser } from '../testing/stocked-shop.ts';
import { FAILED_LOGINS, FAILED_LOGINS_OF_NETWORK, LogIn } from './log-in.use-case.ts';
import { RefreshSession } from './refresh-session.use-case.ts';

const email = emailAddress('ada@example.com');
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

function attempt(wishes: { password?: string; email?: typeof email; from?: string } = {}) {
  const command = {
    email: wishes.email ?? email,
    password: wishes.password ?? 'correct horse',
    clientAddress: wishes.from ?? '203.0.113.7',
  };
  return logIn.execute(command, SHOP);
}

describe('logging in', () => {
  it('gives tokens for who it is, and a session that can be renewed', async () => {
    const { user, tokens } = (await attempt())._unsafeUnwrap();
    expect(user.state.email).toBe(email);
    const claims = await ports.accessTokens.verify(tokens.access, shop.clock.now());
    expect(claims._unsafeUnwrap()).toEqual({ userId: user.state.id, role: 'staff' });
    const refreshSession = new RefreshSession({ ...ports, unitOfWork: shop.identity });
    const renewed = await refreshSession.execute({ refreshToken: tokens.refresh }, SHOP);
    expect(renewed.isOk()).toBe(true);
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
    for (let failure = 0; failure < FAILED_LOGINS.attempts; failure += 1)
      expect(await attempt({ password: 'wrong horse' })).toEqual(wrong);
    shop.clock.advance(100);
    expect(await attempt()).toEqual(
      err({ code: 'identity.too_many_attempts', retryAfterSeconds: 200 }),
    );
    expect(ports.passwordHasher.verifications).toBe(FAILED_LOGINS.attempts);
    shop.clock.advance(200);
    expect((await attempt()).isOk()).toBe(true);
  });

  it('counts failures for one account from one address: nobody locks out the owner elsewhere', async () => {
    for (let failure = 0; failure < FAILED_LOGINS.attempts; failure += 1)
      expect(await attempt({ password: 'wrong horse', from: '198.51.100.1' })).toEqual(wrong);
    expect((await attempt({ from: '198.51.100.1' })).isErr()).toBe(true);
    expect((await attempt({ from: '203.0.113.7' })).isOk()).toBe(true);
  });

  it('counts the failures of a network on all accounts together, and no success', async () => {
    const spray = async (from: string) =>
      attempt({ email: emailAddress(), password: 'the same everywhere', from });
    for (let success = 0; success < FAILED_LOGINS_OF_NETWORK.attempts + 1; success += 1)
      expect((await attempt({ from: '2001:db8::1' })).isOk()).toBe(true);
    for (let failure = 0; failure < FAILED_LOGINS_OF_NETWORK.attempts; failure += 1)
      expect(await spray(`2001:db8::${failure.toString(16)}`)).toEqual(wrong);
    shop.clock.advance(100);
    const refused = err({ code: 'identity.too_many_attempts', retryAfterSeconds: 200 });
    expect(await spray('2001:db8::ffff')).toEqual(refused);
    expect(await attempt({ from: '2001:db8::1' })).toEqual(refused);
    expect((await attempt({ from: '2001:db8:0:1::1' })).isOk()).toBe(true);
    shop.clock.advance(200);
    expect((await attempt({ from: '2001:db8::1' })).isOk()).toBe(true);
  });

  it('does not bring a whole network to a stop because one account is tried too often', async () => {
    for (let attempts = 0; attempts < 2 * FAILED_LOGINS_OF_NETWORK.attempts; attempts += 1)
      expect((await attempt({ password: 'wrong horse' })).isErr()).toBe(true);
    const other = emailAddress('eve@example.com');
    await givenUser(shop, aUser({ email: other }));
    expect((await attempt({ email: other })).isOk()).toBe(true);
  });

  it('forgets the failures after a success', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let failure = 0; failure < FAILED_LOGINS.attempts - 1; failure += 1)
        expect(await attempt({ password: 'wrong horse' })).toEqual(wrong);
      expect((await attempt()).isOk()).toBe(true);
    }
  });

  it('opens no session for those who are refused', async () => {
    expect((await attempt({ password: 'wrong horse' })).isErr()).toBe(true);
    expect(ports.tokenSecrets.next()).toBe('secret-1');
  });

  it('lets a limiter or a hasher that breaks be seen as the defect it is', async () => {
    const broken = { hash: fail, verify: fail, verifyNothing: fail };
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
