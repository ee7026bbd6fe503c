import { err } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import { emailAddress, password } from '../testing/builders/user.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { signInPorts } from '../testing/sign-in-ports.ts';
import { LogIn } from './log-in.use-case.ts';
import { RefreshSession } from './refresh-session.use-case.ts';
import { REGISTRATIONS, RegisterUser } from './register-user.use-case.ts';

let shop: ShopPorts;
let ports: ReturnType<typeof signInPorts>;
let registerUser: RegisterUser;

beforeEach(() => {
  shop = inMemoryShop();
  ports = signInPorts(shop);
  registerUser = new RegisterUser({ ...ports, unitOfWork: shop.identity });
});

const command = {
  email: emailAddress('ada@example.com'),
  password: password('correct horse'),
  firstName: ' Ada ',
  lastName: 'Shopper',
};

describe('registering', () => {
  it('opens a customer’s account and tells of it', async () => {
    const { user } = (await registerUser.execute(command, SHOP))._unsafeUnwrap();
    expect(user.state).toMatchObject({
      email: 'ada@example.com',
      firstName: 'Ada',
      role: 'customer',
      emailVerified: false,
      tokenVersion: 1,
      createdAt: shop.clock.now(),
    });
    const stored = (await shop.users.findByEmail(command.email))._unsafeUnwrap();
    expect(stored.state).toEqual(user.state);
    expect(stored.state.passwordHash).not.toBe('correct horse');
    expect(await shop.eventsOf(user.state.id)).toMatchObject([
      { type: 'identity.user_registered', payload: { userId: user.state.id, role: 'customer' } },
    ]);
  });

  it('takes the address for proved where the shop vouches for it', async () => {
    const vouched = { ...command, emailVerified: true };
    const { user } = (await registerUser.execute(vouched, SHOP))._unsafeUnwrap();
    expect(user.state.emailVerified).toBe(true);
    const stored = (await shop.users.findByEmail(command.email))._unsafeUnwrap();
    expect(stored.state.emailVerified).toBe(true);
  });

  it('signs its owner in: the tokens are good', async () => {
    const { user, tokens } = (await registerUser.execute(command, SHOP))._unsafeUnwrap();
    const claims = await ports.accessTokens.verify(tokens.access, shop.clock.now());
    expect(claims._unsafeUnwrap()).toMatchObject({ userId: user.state.id, role: 'customer' });
    expect(tokens.expiresInSeconds).toBe(900);
    const refreshSession = new RefreshSession({ ...ports, unitOfWork: shop.identity });
    expect((await refreshSession.execute({ refreshToken: tokens.refresh }, SHOP)).isOk()).toBe(
      true,
    );
  });

  it('lets the owner log in with the password later on', async () => {
    expect((await registerUser.execute(command, SHOP)).isOk()).toBe(true);
    const logIn = new LogIn({ ...ports, unitOfWork: shop.identity, users: shop.users });
    const attempt = { email: command.email, password: 'correct horse', clientAddress: '::1' };
    expect((await logIn.execute(attempt, SHOP)).isOk()).toBe(true);
  });

  it('refuses an address that somebody has, and opens no session', async () => {
    expect((await registerUser.execute(command, SHOP)).isOk()).toBe(true);
    const again = await registerUser.execute({ ...command, firstName: 'Eve' }, SHOP);
    expect(again).toEqual(err({ code: 'identity.email_taken' }));
    const stored = await shop.users.findByEmail(command.email);
    expect(stored._unsafeUnwrap().state.firstName).toBe('Ada');
  });

  it('refuses a name that is none, and stores nothing', async () => {
    const refused = await registerUser.execute({ ...command, lastName: '\u0000' }, SHOP);
    expect(refused._unsafeUnwrapErr()).toMatchObject({
      code: 'core.invalid_text',
      path: ['lastName'],
    });
    expect((await shop.users.findByEmail(command.email)).isErr()).toBe(true);
    expect(ports.passwordHasher.hashes).toBe(0);
  });

  it.each([
    ['password1', 'known', 0],
    ['abababab', 'predictable', 0],
    ['ada in the hills', 'contains_email', 2],
    ['a keen shopper indeed', 'contains_name', 2],
  ])('refuses a password that others try first: %s', async (text, reason, strength) => {
    const refused = await registerUser.execute({ ...command, password: password(text) }, SHOP);
    expect(refused).toEqual(
      err({ code: 'identity.weak_password', path: ['password'], reason, strength }),
    );
    expect((await shop.users.findByEmail(command.email)).isErr()).toBe(true);
    expect(ports.passwordHasher.hashes).toBe(0);
  });

  it('is refused to a network that opened too many accounts within the hour, before any hash', async () => {
    const register = async (clientAddress?: string) => {
      const from = clientAddress === undefined ? {} : { clientAddress };
      return registerUser.execute({ ...command, ...from, email: emailAddress() }, SHOP);
    };
    for (let account = 0; account < REGISTRATIONS.attempts; account += 1)
      expect((await register('203.0.113.7')).isOk()).toBe(true);
    shop.clock.advance(600);
    expect(await register('::ffff:203.0.113.7')).toEqual(
      err({ code: 'identity.too_many_attempts', retryAfterSeconds: 3_000 }),
    );
    expect(ports.passwordHasher.hashes).toBe(REGISTRATIONS.attempts);
    expect((await register('203.0.113.8')).isOk()).toBe(true);
    expect((await register()).isOk()).toBe(true);
    shop.clock.advance(3_000);
    expect((await register('203.0.113.7')).isOk()).toBe(true);
  });

  it('counts tries of addresses that are taken too: nobody goes through a list of them', async () => {
    const attempt = { ...command, clientAddress: '203.0.113.7' };
    const codes: string[] = [];
    for (let tries = 0; tries <= REGISTRATIONS.attempts; tries += 1) {
      const run = await registerUser.execute(attempt, SHOP);
      codes.push(
        run.match(
          () => 'opened',
          ({ code }) => code,
        ),
      );
    }
    expect(codes.slice(0, 2)).toEqual(['opened', 'identity.email_taken']);
    expect(codes.at(-2)).toBe('identity.email_taken');
    expect(codes.at(-1)).toBe('identity.too_many_attempts');
  });
});
