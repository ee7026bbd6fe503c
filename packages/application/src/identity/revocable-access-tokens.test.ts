import { okAsync } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Instant, Role, UserId } from '@kastoma/domain/core';

import { anAccess } from '../testing/builders/access.builder.ts';
import { builderIds } from '../testing/builders/builder-ids.ts';
import { FakeAccessTokens } from '../testing/ports/fake-access-tokens.ts';
import { MovingClock } from '../testing/ports/moving-clock.ts';
import type { AccessStanding } from './access-standings.port.ts';
import type { AccessClaims } from './access-tokens.port.ts';
import { STALEST_STANDING_MILLISECONDS } from './recent-access-standings.ts';
import { RevocableAccessTokens } from './revocable-access-tokens.ts';
import type { SecondFactorPolicy } from './second-factor-policy.ts';

const BOUND_SECONDS = STALEST_STANDING_MILLISECONDS / 1000;

let clock: MovingClock;
let stands: AccessStanding | null;
let reads: number;
let listed: boolean;
let isDatabaseGone: boolean;
let secondFactorPolicy: SecondFactorPolicy;
let tokens: RevocableAccessTokens;
let lastToken: string;

beforeEach(() => {
  clock = new MovingClock();
  reads = 0;
  listed = false;
  isDatabaseGone = false;
  secondFactorPolicy = { requiredOf: 'none', issuer: 'Shop' };
  tokens = newTokens();
});

function newTokens(): RevocableAccessTokens {
  return new RevocableAccessTokens({
    secondFactorPolicy,
    signedTokens: new FakeAccessTokens(),
    revokedAccess: { add: async () => undefined, has: async () => listed },
    standings: {
      find: async () => {
        reads += 1;
        if (isDatabaseGone) throw new Error('gone');
        return stands;
      },
    },
  });
}

async function signedIn(role: Role = 'customer', changes: Partial<AccessClaims> = {}) {
  const claims = { ...anAccess(builderIds.next<UserId>(), role), ...changes };
  stands = { userId: claims.userId, role, tokenVersion: 1, hasSecondFactor: false };
  const { token } = await tokens.issue(claims, clock.now());
  lastToken = token;
  return async () => (await tokens.verify(token, clock.now())).isOk();
}

describe('an access token that can be taken back', () => {
  it('is good while it says what the store says', async () => {
    const isGood = await signedIn();
    expect(await isGood()).toBe(true);
  });

  it.each<[string, (standing: AccessStanding) => AccessStanding | null]>([
    ['whose session was ended', () => null],
    ['of an earlier version', (standing) => ({ ...standing, tokenVersion: 2 })],
    ['of another role', (standing) => ({ ...standing, role: 'admin' })],
    ['of another person', (standing) => ({ ...standing, userId: builderIds.next<UserId>() })],
  ])('%s is refused', async (_title, changed) => {
    const isGood = await signedIn();
    stands = stands === null ? null : changed(stands);
    expect(await isGood()).toBe(false);
  });

  it('is refused at once where the list knows it, and the store is not asked', async () => {
    const isGood = await signedIn();
    expect(await isGood()).toBe(true);
    listed = true;
    expect(await isGood()).toBe(false);
    expect(reads).toBe(1);
  });

  it('of a customer is held against the store again within the bound, however often it comes', async () => {
    const isGood = await signedIn();
    for (let request = 0; request < 100; request += 1) expect(await isGood()).toBe(true);
    expect(reads).toBe(1);
    stands = null;
    clock.advance(BOUND_SECONDS - 0.001);
    expect(await isGood()).toBe(true);
    clock.advance(0.001);
    expect(await isGood()).toBe(false);
    expect(reads).toBe(2);
  });

  it('that is newer than what was read a moment ago is good at once', async () => {
    const isGood = await signedIn();
    expect(await isGood()).toBe(true);
    const claims = (await tokens.verify(lastToken, clock.now()))._unsafeUnwrap();
    const { userId, role } = claims;
    stands = { userId, role, tokenVersion: 2, hasSecondFactor: false };
    const renewed = await tokens.issue({ ...claims, tokenVersion: 2 }, clock.now());
    expect((await tokens.verify(renewed.token, clock.now())).isOk()).toBe(true);
    expect(reads).toBe(2);
    expect(await isGood()).toBe(false);
  });

  it.each(['staff', 'admin'] as const)(
    'of %s is held against the store each time',
    async (role) => {
      const isGood = await signedIn(role);
      expect(await isGood()).toBe(true);
      stands = null;
      expect(await isGood()).toBe(false);
    },
  );

  it('is not believed for longer when the clock is set back', async () => {
    const isGood = await signedIn();
    clock.advance(60);
    expect(await isGood()).toBe(true);
    stands = null;
    clock.advance(-30);
    expect(await isGood()).toBe(false);
  });

  it('shares one read among those who come at once, and each session has its own', async () => {
    const isGood = await signedIn();
    await Promise.all([isGood(), isGood(), isGood()]);
    expect(reads).toBe(1);
    const isOther = await signedIn();
    await isOther();
    expect(reads).toBe(2);
  });

  it('cannot be told while the database is gone, and is asked for again when it is back', async () => {
    const isGood = await signedIn();
    isDatabaseGone = true;
    await expect(isGood()).rejects.toThrow('gone');
    isDatabaseGone = false;
    expect(await isGood()).toBe(true);
  });

  it('that was never signed asks nobody', async () => {
    expect((await tokens.verify('guessed', 0 as Instant)).isErr()).toBe(true);
    expect(reads).toBe(0);
  });

  it('is known of the sessions read last when there are too many to remember', async () => {
    const signedTokens = {
      issue: tokens.issue.bind(tokens),
      verify: (token: string) =>
        okAsync({
          ...anAccess('user' as UserId),
          sessionId: token as never,
          refusedFrom: 1 as Instant,
        }),
    };
    let asked = 0;
    const many = new RevocableAccessTokens({
      secondFactorPolicy,
      signedTokens,
      revokedAccess: { add: async () => undefined, has: async () => false },
      standings: {
        find: async () => {
          asked += 1;
          return null;
        },
      },
    });
    const now = 0 as Instant;
    for (let session = 0; session <= 20_000; session += 1)
      expect((await many.verify(`session ${session}`, now)).isErr()).toBe(true);
    expect((await many.verify('session 1', now)).isErr()).toBe(true);
    expect(asked).toBe(20_001);
    expect((await many.verify('session 0', now)).isErr()).toBe(true);
    expect(asked).toBe(20_002);
  });
});

describe('somebody whose role wants a second factor', () => {
  const lacks = async () =>
    (await tokens.verify(lastToken, clock.now()))._unsafeUnwrap().lacksSecondFactor === true;

  it.each([
    ['none', 'customer', false],
    ['none', 'staff', false],
    ['none', 'admin', false],
    ['admin', 'customer', false],
    ['admin', 'staff', false],
    ['admin', 'admin', true],
    ['staff', 'customer', false],
    ['staff', 'staff', true],
    ['staff', 'admin', true],
  ] as const)(
    'is known where it is wanted of %s, as %s: %s',
    async (requiredOf, role, expected) => {
      secondFactorPolicy = { requiredOf, issuer: 'Shop' };
      tokens = newTokens();
      await signedIn(role);
      expect(await lacks()).toBe(expected);
    },
  );

  it('needs no new token once they have it, and falls back with the one at hand when it is gone', async () => {
    secondFactorPolicy = { requiredOf: 'staff', issuer: 'Shop' };
    tokens = newTokens();
    await signedIn('staff');
    const standing = stands;
    if (standing === null) expect.fail('Somebody is signed in.');
    expect(await lacks()).toBe(true);
    stands = { ...standing, hasSecondFactor: true };
    expect(await lacks()).toBe(false);
    stands = { ...standing, hasSecondFactor: false };
    expect(await lacks()).toBe(true);
  });
});
