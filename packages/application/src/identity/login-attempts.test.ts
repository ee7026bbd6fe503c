import { err } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import { emailAddress } from '../testing/builders/user.builder.ts';
import { FakeRateLimiter } from '../testing/ports/fake-rate-limiter.ts';
import { MovingClock } from '../testing/ports/moving-clock.ts';
import { RecordedPause } from '../testing/ports/recorded-pause.ts';
import {
  FAILED_LOGINS,
  FAILED_LOGINS_OF_NETWORK,
  LoginAttempts,
  LONGEST_PAUSE_MILLISECONDS,
  SUCCESSFUL_LOGINS,
  UNHURRIED_FAILURES,
} from './login-attempts.ts';

const email = emailAddress('ada@example.com');
const HOME = '203.0.113.7';

let clock: MovingClock;
let pause: RecordedPause;
let attempts: LoginAttempts;

beforeEach(() => {
  clock = new MovingClock();
  pause = new RecordedPause();
  attempts = new LoginAttempts({ rateLimiter: new FakeRateLimiter(), clock, pause });
});

/** An attempt that fails, unless it is not admitted at all. */
async function fail(clientAddress = HOME, account = email) {
  const admitted = await attempts.take({ email: account, clientAddress });
  if (admitted.isOk()) await attempts.fail({ email: account, clientAddress });
  return admitted;
}

async function succeed(clientAddress = HOME, account = email) {
  const admitted = await attempts.take({ email: account, clientAddress });
  if (admitted.isOk()) await attempts.succeed({ email: account, clientAddress });
  return admitted;
}

/** The same for those who do not ask whether it was admitted. */
async function tryOnce(clientAddress = HOME, account = email): Promise<boolean> {
  return (await fail(clientAddress, account)).isOk();
}

async function waitAfter(failures: number): Promise<number> {
  for (let failure = 0; failure < failures; failure += 1) expect((await fail()).isOk()).toBe(true);
  const refused = (await fail())._unsafeUnwrapErr();
  clock.advance(refused.retryAfterSeconds);
  return refused.retryAfterSeconds;
}

describe('guessing the password of one account from one network', () => {
  it('has to wait longer the longer it goes on', async () => {
    const waits = [await waitAfter(10), await waitAfter(10), await waitAfter(10)];
    expect(waits).toEqual([60, 1_740, 9_000]);
  });

  it('gets no more than thirty guesses in three hours, however patient it is', async () => {
    const [, , { attempts: most, windowSeconds }] = FAILED_LOGINS;
    let admitted = 0;
    for (let second = 0; second < windowSeconds; second += 10) {
      if ((await fail()).isOk()) admitted += 1;
      clock.advance(10);
    }
    expect(admitted).toBe(most);
  });

  it('does not count what was refused', async () => {
    for (let failure = 0; failure < 200; failure += 1) await tryOnce();
    const other = emailAddress('eve@example.com');
    expect((await fail(HOME, other)).isOk()).toBe(true);
    clock.advance(60);
    expect((await fail()).isOk()).toBe(true);
  });
});

describe('the owner of an account that strangers try', () => {
  it('gets in from another network while theirs has to wait', async () => {
    for (let failure = 0; failure < 10; failure += 1) await tryOnce('198.51.100.1');
    expect((await fail('198.51.100.1')).isErr()).toBe(true);
    expect((await fail(HOME)).isOk()).toBe(true);
  });

  it('is slowed down by a thousand networks together, never for long, and never refused', async () => {
    for (let network = 0; network < 1_500; network += 1) {
      const guess = await fail(`10.${network >> 8}.${network & 255}.1`);
      expect(guess.isOk()).toBe(true);
    }
    expect((await fail(HOME)).isOk()).toBe(true);
    const unhurried = 1_500 + 1 - pause.milliseconds.length;
    expect(unhurried).toBe(UNHURRIED_FAILURES + 1);
    expect(pause.milliseconds[0]).toBe(50);
    expect(pause.milliseconds.at(-1)).toBe(LONGEST_PAUSE_MILLISECONDS);
    expect(Math.max(...pause.milliseconds)).toBe(LONGEST_PAUSE_MILLISECONDS);
  });

  it('slows nobody else down', async () => {
    for (let network = 0; network < 50; network += 1) await tryOnce(`10.0.${network}.1`);
    const slowed = pause.milliseconds.length;
    await tryOnce(HOME, emailAddress('eve@example.com'));
    expect(pause.milliseconds).toHaveLength(slowed);
  });
});

describe('a success', () => {
  it('is held against nobody: not the account, not the network, not the account elsewhere', async () => {
    for (let time = 0; time < 2 * FAILED_LOGINS_OF_NETWORK.attempts; time += 1) {
      expect((await succeed()).isOk()).toBe(true);
    }
    expect(pause.milliseconds).toEqual([]);
  });

  it('leaves the failures of others where they are', async () => {
    for (let failure = 0; failure < 10; failure += 1) await tryOnce('198.51.100.1');
    expect((await succeed(HOME)).isOk()).toBe(true);
    expect((await fail('198.51.100.1')).isErr()).toBe(true);
  });
});

describe('signing in with the right password over and over', () => {
  const { attempts: most, windowSeconds } = SUCCESSFUL_LOGINS;

  it('is bounded for one account from one network, and keeps nobody else out', async () => {
    for (let time = 0; time < most; time += 1) expect((await succeed()).isOk()).toBe(true);
    expect(await succeed()).toEqual(
      err({ code: 'identity.too_many_attempts', retryAfterSeconds: windowSeconds }),
    );
    expect((await succeed('198.51.100.1')).isOk()).toBe(true);
    expect((await succeed(HOME, emailAddress('eve@example.com'))).isOk()).toBe(true);
    clock.advance(windowSeconds);
    expect((await succeed()).isOk()).toBe(true);
  });

  it('is not what failures and questions for a code are', async () => {
    const rounds = 33;
    for (let round = 0; round < rounds; round += 1) {
      for (let failure = 1; failure < FAILED_LOGINS[0].attempts; failure += 1)
        expect(await tryOnce()).toBe(true);
      expect((await attempts.take({ email, clientAddress: HOME })).isOk()).toBe(true);
      await attempts.giveBack({ email, clientAddress: HOME });
      expect((await succeed()).isOk()).toBe(true);
      clock.advance(windowSeconds / (rounds + 1));
    }
    for (let time = rounds; time < most; time += 1) expect((await succeed()).isOk()).toBe(true);
    expect((await succeed()).isErr()).toBe(true);
  });
});

describe('one password on many accounts', () => {
  const refused = (retryAfterSeconds: number) =>
    err({ code: 'identity.too_many_attempts', retryAfterSeconds });

  it('stops the network that tries it, address by address or not', async () => {
    for (let failure = 0; failure < FAILED_LOGINS_OF_NETWORK.attempts; failure += 1)
      expect((await fail(`2001:db8::${failure.toString(16)}`, emailAddress())).isOk()).toBe(true);
    clock.advance(100);
    expect(await fail('2001:db8::ffff', emailAddress())).toEqual(refused(200));
    expect((await fail('2001:db8:0:1::1', emailAddress())).isOk()).toBe(true);
    clock.advance(200);
    expect((await fail('2001:db8::1', emailAddress())).isOk()).toBe(true);
  });

  it('is not what one account is that is tried too often', async () => {
    for (let failure = 0; failure < 2 * FAILED_LOGINS_OF_NETWORK.attempts; failure += 1)
      await tryOnce();
    expect((await fail(HOME, emailAddress())).isOk()).toBe(true);
  });
});
