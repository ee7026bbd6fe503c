import { err } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { TokenHash, User } from '@kastoma/domain/identity';

import { aUser, emailAddress } from '../testing/builders/user.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { FakeSecondFactorSecrets } from '../testing/ports/fake-second-factor-secrets.ts';
import { givenSecondFactor, type Authenticator } from '../testing/second-factors.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { signInPorts } from '../testing/sign-in-ports.ts';
import { givenUser } from '../testing/stocked-shop.ts';
import { LogIn } from './log-in.use-case.ts';
import { FAILED_LOGINS } from './login-attempts.ts';
import { forgiveWrongCodes, WRONG_APP_CODES, WRONG_CODES } from './second-factor-check.ts';

const email = emailAddress('ada@example.com');
const RECOVERY = '7K3M-Q9TX-2VBN-0HRD';
const hashOf = (code: string) => `hash of ${code.replaceAll('-', '')}` as TokenHash;
const required = err({ code: 'identity.second_factor_required' });
const invalid = err({ code: 'identity.invalid_second_factor' });
const wrongPassword = err({ code: 'identity.invalid_credentials' });
const HALF_A_MINUTE = 30;
const [FEW, MANY] = WRONG_CODES;

let shop: ShopPorts;
let ports: ReturnType<typeof signInPorts>;
let logIn: LogIn;
let ada: User;
let app: Authenticator;

beforeEach(async () => {
  shop = inMemoryShop();
  ports = signInPorts(shop);
  logIn = new LogIn({ ...ports, unitOfWork: shop.identity, users: shop.users });
  ada = await givenUser(shop, aUser({ email, role: 'staff' }));
  app = await givenSecondFactor(shop, ada, ports.secondFactorSecrets, [hashOf(RECOVERY)]);
});

type Attempt = {
  readonly code?: string;
  readonly password?: string;
  readonly email?: typeof email;
  readonly clientAddress?: string;
};

function attempt(wishes: Attempt = {}) {
  const usual = { email, password: 'correct horse', clientAddress: '203.0.113.7' };
  return logIn.execute({ ...usual, ...wishes }, SHOP);
}

const guess = async (clientAddress: string) =>
  (await attempt({ code: wrongCode(), clientAddress })).match(
    () => 'in',
    ({ code }) => code,
  );
const shown = () => app.show(shop.clock.now());
/** One that no step around now has. */
const wrongCode = () => String((Number(shown()) + 500) % 1_000_000).padStart(6, '0');
const sessionsOfAda = async () =>
  (await shop.sessionQueries.listOf(ada.state.id, shop.clock.now(), { page: 1, pageSize: 9 }))
    .count;
const eventsOfAda = async (type: string) => {
  const factor = (await shop.secondFactors.find(ada.state.id))._unsafeUnwrap();
  return (await shop.eventsOf(factor.state.id)).filter((event) => event.type === type);
};

describe('signing in to an account with a second factor', () => {
  it('takes password and code, and opens no session for one of them', async () => {
    expect(await attempt()).toEqual(required);
    expect(await attempt({ code: wrongCode() })).toEqual(invalid);
    expect(await sessionsOfAda()).toBe(0);
    expect((await attempt({ code: shown() })).isOk()).toBe(true);
    expect(await sessionsOfAda()).toBe(1);
  });

  it.each(['', ' ', 'no code', '12345', '1'.repeat(10_000), '\u0000', '٣٣٣٣٣٣'])(
    'is refused for what is no code: %j',
    async (code) => {
      expect(await attempt({ code })).toEqual(invalid);
    },
  );

  it('takes each code once', async () => {
    const code = shown();
    expect((await attempt({ code })).isOk()).toBe(true);
    expect(await attempt({ code })).toEqual(invalid);
    shop.clock.advance(HALF_A_MINUTE);
    expect(await attempt({ code })).toEqual(invalid);
    expect((await attempt({ code: shown() })).isOk()).toBe(true);
  });

  it('takes one of two who come with one code at the same moment', async () => {
    const code = shown();
    const both = await Promise.all([attempt({ code }), attempt({ code })]);
    expect(both.filter((outcome) => outcome.isOk())).toHaveLength(1);
    expect(both.find((outcome) => outcome.isErr())).toEqual(invalid);
    expect(await sessionsOfAda()).toBe(1);
  });

  it('takes a code of half a minute ago, and of clocks that are as far ahead, and no other', async () => {
    const code = shown();
    shop.clock.advance(HALF_A_MINUTE);
    expect((await attempt({ code })).isOk()).toBe(true);
    const older = shown();
    shop.clock.advance(2 * HALF_A_MINUTE);
    expect(await attempt({ code: older })).toEqual(invalid);
    shop.clock.advance(-2 * HALF_A_MINUTE);
    shop.clock.advance(HALF_A_MINUTE);
    const ahead = shown();
    shop.clock.advance(-HALF_A_MINUTE);
    expect((await attempt({ code: ahead })).isOk()).toBe(true);
    expect(await attempt({ code: older })).toEqual(invalid);
  });

  it('takes a recovery code instead, once, however it is typed, and tells how many are left', async () => {
    expect((await attempt({ code: RECOVERY.toLowerCase().replaceAll('0', 'O') })).isOk()).toBe(
      true,
    );
    expect(await attempt({ code: RECOVERY })).toEqual(invalid);
    expect(await eventsOfAda('identity.recovery_code_used')).toMatchObject([
      { payload: { userId: ada.state.id, left: 0 } },
    ]);
  });

  it('takes a recovery code from one of two who come with it at the same moment', async () => {
    const both = await Promise.all([attempt({ code: RECOVERY }), attempt({ code: RECOVERY })]);
    expect(both.filter((outcome) => outcome.isOk())).toHaveLength(1);
  });

  it('says nothing of the second factor before the password was right', async () => {
    const wrong = { password: 'wrong horse' };
    expect(await attempt(wrong)).toEqual(wrongPassword);
    expect(await attempt({ ...wrong, code: shown() })).toEqual(wrongPassword);
    expect(await attempt({ ...wrong, code: RECOVERY })).toEqual(wrongPassword);
    expect((await attempt({ code: RECOVERY })).isOk()).toBe(true);
  });

  it('does the same work for an address that nobody has, and looks at no code', async () => {
    const looked = countLooks();
    const nobody = emailAddress('nobody@example.com');
    const before = ports.passwordHasher.verifications;
    expect(await attempt({ email: nobody, code: '123456' })).toEqual(wrongPassword);
    expect(await attempt({ password: 'wrong horse', code: '123456' })).toEqual(wrongPassword);
    expect(ports.passwordHasher.verifications - before).toBe(2);
    expect(looked()).toBe(0);
  });

  it('is open to those who have none, and to those who have not confirmed theirs, code or not', async () => {
    const other = emailAddress('eve@example.com');
    await givenUser(shop, aUser({ email: other }));
    for (const code of [{}, { code: '123456' }])
      expect((await attempt({ email: other, ...code })).isOk()).toBe(true);
  });

  it('moves a secret under the new encryption key', async () => {
    ports.secondFactorSecrets.key = 'key-2';
    expect((await attempt({ code: shown() })).isOk()).toBe(true);
    const factor = (await shop.secondFactors.find(ada.state.id))._unsafeUnwrap();
    expect(factor.state.secret).toMatch(/^key-2 /);
    shop.clock.advance(HALF_A_MINUTE);
    expect((await attempt({ code: shown() })).isOk()).toBe(true);
  });

  it('is noted when it fails for the code, as it is when it fails for the password', async () => {
    const records = async () => {
      const subject = { type: 'user', id: ada.state.id } as const;
      const filter = {
        actor: null,
        action: 'identity.sign_in_failed',
        subject,
        from: null,
        to: null,
      };
      const { items } = await shop.auditQueries.list(filter, { after: null, pageSize: 9 });
      return items.map(({ detail }) => detail['reason']);
    };
    expect(await attempt()).toEqual(required);
    expect(await records()).toEqual([]);
    expect(await attempt({ code: wrongCode() })).toEqual(invalid);
    expect(await attempt({ password: 'wrong horse' })).toEqual(wrongPassword);
    expect(await records()).toEqual(['password', 'code']);
  });
});

describe('with an encryption key that is lost', () => {
  const unreadable = err({ code: 'identity.second_factor_unreadable' });

  it('codes of the app cannot be read and are no failures, and recovery codes are good', async () => {
    ports.secondFactorSecrets.lostKey = 'key-1';
    for (let time = 0; time < 2 * MANY.attempts; time += 1) {
      expect(await attempt({ code: shown() })).toEqual(unreadable);
    }
    expect((await attempt({ code: RECOVERY })).isOk()).toBe(true);
  });

  it('an attempt is given back where its work breaks off', async () => {
    const broken = new FakeSecondFactorSecrets();
    broken.stepOf = () => {
      throw new Error('a defect');
    };
    const stores = { unitOfWork: shop.identity, users: shop.users };
    const breaking = new LogIn({ ...ports, ...stores, secondFactorSecrets: broken });
    const command = { email, password: 'correct horse', code: shown() };
    for (let time = 0; time < 2 * FEW.attempts; time += 1) {
      const tried = breaking.execute({ ...command, clientAddress: `198.51.${time}.1` }, SHOP);
      await expect(Promise.resolve(tried)).rejects.toThrow('a defect');
    }
    expect((await attempt({ code: shown() })).isOk()).toBe(true);
  });
});

describe('guessing codes', () => {
  const networks = (count: number) =>
    Array.from({ length: count }, (_, index) => `198.51.${index}.1`);

  it('is bounded for the account, from however many networks it is tried', async () => {
    for (const clientAddress of networks(FEW.attempts))
      expect(await attempt({ code: wrongCode(), clientAddress })).toEqual(invalid);
    const late = await attempt({ code: shown(), clientAddress: '198.51.200.1' });
    expect(late).toEqual(
      err({ code: 'identity.too_many_attempts', retryAfterSeconds: FEW.windowSeconds }),
    );
    shop.clock.advance(FEW.windowSeconds);
    expect((await attempt({ code: shown() })).isOk()).toBe(true);
  });

  it('is bounded for a day, too, and told how long', async () => {
    for (let round = 0; round < MANY.attempts / FEW.attempts; round += 1) {
      for (const clientAddress of networks(FEW.attempts))
        expect(await attempt({ code: wrongCode(), clientAddress })).toEqual(invalid);
      shop.clock.advance(FEW.windowSeconds);
    }
    const spent = (MANY.attempts / FEW.attempts) * FEW.windowSeconds;
    expect(await attempt({ code: shown() })).toEqual(
      err({ code: 'identity.too_many_attempts', retryAfterSeconds: MANY.windowSeconds - spent }),
    );
  });

  it('is bounded for a month, whatever new passwords the reader of a mailbox sets, and a recovery code lets the owner in', async () => {
    let guesses = 0;
    for (let reset = 0; reset < 40; reset += 1) {
      for (const clientAddress of networks(FEW.attempts))
        if ((await guess(clientAddress)) === 'identity.invalid_second_factor') guesses += 1;
      await forgiveWrongCodes(ada.state.id, ports.rateLimiter);
      shop.clock.advance(600);
    }
    expect(guesses).toBe(WRONG_APP_CODES.attempts);
    expect(await attempt({ code: shown() })).toMatchObject(
      err({ code: 'identity.too_many_attempts' }),
    );
    expect((await attempt({ code: RECOVERY })).isOk()).toBe(true);
    shop.clock.advance(WRONG_APP_CODES.windowSeconds);
    expect((await attempt({ code: shown() })).isOk()).toBe(true);
  });

  it('is bounded for many who come at once', async () => {
    const all = await Promise.all(
      networks(40).map((clientAddress) => attempt({ code: wrongCode(), clientAddress })),
    );
    const refusals = all.map((outcome) => (outcome.isErr() ? outcome.error.code : 'in'));
    const guesses = refusals.filter((code) => code === 'identity.invalid_second_factor');
    expect(guesses).toHaveLength(FEW.attempts);
    expect(new Set(refusals)).toEqual(
      new Set(['identity.invalid_second_factor', 'identity.too_many_attempts']),
    );
  });

  it('by a stranger who does not know the password takes nothing from the owner', async () => {
    for (const clientAddress of networks(60))
      expect(await attempt({ password: 'wrong horse', code: wrongCode(), clientAddress })).toEqual(
        wrongPassword,
      );
    expect((await attempt({ code: shown() })).isOk()).toBe(true);
  });

  it('counts from one network like a wrong password', async () => {
    const steps = FAILED_LOGINS[0].attempts - FEW.attempts;
    for (let failure = 0; failure < FEW.attempts; failure += 1)
      expect(await attempt({ code: wrongCode() })).toEqual(invalid);
    for (let failure = 0; failure < steps; failure += 1)
      expect(await attempt({ password: 'wrong horse' })).toEqual(wrongPassword);
    expect(await attempt({ password: 'wrong horse' })).toMatchObject(
      err({ code: 'identity.too_many_attempts' }),
    );
  });

  it('is not made easier by successes in between, which cost nothing', async () => {
    for (let round = 0; round < 3; round += 1) {
      expect((await attempt({ code: shown() })).isOk()).toBe(true);
      shop.clock.advance(HALF_A_MINUTE);
    }
    for (let failure = 0; failure < FEW.attempts - 1; failure += 1)
      expect(await attempt({ code: wrongCode() })).toEqual(invalid);
    expect((await attempt({ code: shown() })).isOk()).toBe(true);
    expect(await attempt({ code: wrongCode() })).toEqual(invalid);
    shop.clock.advance(HALF_A_MINUTE);
    expect((await attempt({ code: shown() })).isErr()).toBe(true);
  });

  it('begins anew for nobody whose sessions ended, as a change of the password has them end', async () => {
    for (const clientAddress of networks(FEW.attempts))
      expect(await attempt({ code: wrongCode(), clientAddress })).toEqual(invalid);
    const ended = await shop.identity.run(SHOP, ({ access }) =>
      access.endSessions(ada.state.id, shop.clock.now()),
    );
    expect(ended.isOk()).toBe(true);
    expect(await attempt({ code: shown() })).toMatchObject(
      err({ code: 'identity.too_many_attempts' }),
    );
  });

  it('is no failure as long as no code is given: people are asked for it', async () => {
    for (let time = 0; time < 2 * FAILED_LOGINS[0].attempts; time += 1)
      expect(await attempt()).toEqual(required);
    expect(ports.pause.milliseconds).toEqual([]);
    expect((await attempt({ code: shown() })).isOk()).toBe(true);
  });
});

/** How often a second factor was looked for. */
function countLooks(): () => number {
  let looks = 0;
  const { identity } = shop;
  const unitOfWork: typeof identity = {
    run: (context, work) =>
      identity.run(context, (tx) => {
        const { secondFactors } = tx;
        const watched = {
          save: secondFactors.save.bind(secondFactors),
          remove: secondFactors.remove.bind(secondFactors),
          hold: (userId: User['state']['id']) => {
            looks += 1;
            return secondFactors.hold(userId);
          },
        };
        return work({ ...tx, secondFactors: watched });
      }),
  };
  logIn = new LogIn({ ...ports, unitOfWork, users: shop.users });
  return () => looks;
}
