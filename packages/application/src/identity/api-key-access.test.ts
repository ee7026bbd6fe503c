import { beforeEach, describe, expect, it } from 'vitest';

import type { ApiKeyId, Instant } from '@kastoma/domain/core';

import { FakeApiKeySecrets } from '../testing/ports/fake-api-key-secrets.ts';
import { FakeRateLimiter } from '../testing/ports/fake-rate-limiter.ts';
import { MovingClock } from '../testing/ports/moving-clock.ts';
import { ApiKeyAccess, UNKNOWN_KEYS, USE_NOTED_EVERY_MILLISECONDS } from './api-key-access.ts';
import type { ApiKeyStanding } from './api-key-standings.port.ts';
import { STALEST_STANDING_MILLISECONDS } from './recent-access-standings.ts';

const secrets = new FakeApiKeySecrets();
const BOUND_SECONDS = STALEST_STANDING_MILLISECONDS / 1000;
const MINUTE_SECONDS = USE_NOTED_EVERY_MILLISECONDS / 1000;

let clock: MovingClock;
let stands: Map<string, ApiKeyStanding>;
let reads: string[];
let uses: Instant[];
let isDatabaseGone: boolean;
let access: ApiKeyAccess;

beforeEach(() => {
  clock = new MovingClock();
  stands = new Map();
  reads = [];
  uses = [];
  isDatabaseGone = false;
  access = new ApiKeyAccess({
    apiKeySecrets: secrets,
    rateLimiter: new FakeRateLimiter(),
    apiKeyStandings: {
      find: async (prefix) => {
        reads.push(prefix);
        return stands.get(prefix) ?? null;
      },
      noteUse: async (_id, at) => {
        if (isDatabaseGone) throw new Error('gone');
        uses.push(at);
      },
    },
  });
});

function given(wishes: Partial<ApiKeyStanding> = {}) {
  const { key, prefix, hash } = secrets.next();
  const id = `id of ${prefix}` as ApiKeyId;
  const standing = { id, hash, scopes: ['inventory.read'] as const, expiresAt: null };
  stands.set(prefix, { ...standing, lastUsedAt: null, ...wishes });
  return { key, prefix, id };
}

const verify = (key: string, from = '203.0.113.7') => access.verify(key, clock.now(), from);
const isGood = async (key: string) => (await verify(key)).isOk();
const REFUSED = { code: 'identity.invalid_access_token' };

describe('the key of a service', () => {
  it('says which service it is, and what it may do', async () => {
    const { key, id } = given();
    expect((await verify(key))._unsafeUnwrap()).toEqual({
      kind: 'service',
      id,
      scopes: ['inventory.read'],
    });
  });

  it('is refused alike, whatever is wrong with it', async () => {
    const own = given();
    const other = given();
    const expired = given({ expiresAt: clock.now() });
    const unknown = secrets.next();
    // The right prefix of somebody's key, with another secret.
    stands.set(other.prefix, { ...(stands.get(own.prefix) as ApiKeyStanding) });
    for (const key of [other.key, expired.key, unknown.key, own.key.slice(0, -1), 'kas_', ''])
      expect((await verify(key))._unsafeUnwrapErr()).toEqual(REFUSED);
    expect(uses).toEqual([]);
  });

  it('that cannot be one asks nobody', async () => {
    expect(await isGood('kas_guessed')).toBe(false);
    expect(reads).toEqual([]);
  });

  it('that is made up has the store asked no more often than a network may', async () => {
    const { attempts: most, windowSeconds } = UNKNOWN_KEYS;
    for (let guess = 0; guess < most; guess += 1)
      expect(await isGood(secrets.next().key)).toBe(false);
    const tooMany = { code: 'identity.too_many_attempts', retryAfterSeconds: windowSeconds };
    for (let guess = 0; guess < 5; guess += 1)
      expect((await verify(secrets.next().key))._unsafeUnwrapErr()).toEqual(tooMany);
    expect(reads).toHaveLength(most);
    const { key } = given();
    expect((await verify(key))._unsafeUnwrapErr()).toEqual(tooMany);
    expect((await verify(key, '198.51.100.1')).isOk()).toBe(true);
    expect((await verify(key)).isOk()).toBe(true);
    clock.advance(windowSeconds);
    expect((await verify(key)).isOk()).toBe(true);
  });

  it('that is good is none of those, however many come at once and however often', async () => {
    const own = Array.from({ length: 2 * UNKNOWN_KEYS.attempts }, () => given().key);
    for (const key of own) expect(await isGood(key)).toBe(true);
    const [first = ''] = own;
    clock.advance(BOUND_SECONDS);
    const many = await Promise.all(Array.from({ length: 500 }, async () => isGood(first)));
    expect(many.every(Boolean)).toBe(true);
  });

  it('ends in the millisecond in which it expires, though it was read before', async () => {
    const { key } = given({ expiresAt: (clock.now() + 1_000) as Instant });
    expect(await isGood(key)).toBe(true);
    clock.advance(0.999);
    expect(await isGood(key)).toBe(true);
    clock.advance(0.001);
    expect(await isGood(key)).toBe(false);
    expect(reads).toHaveLength(1);
  });

  it('is held against the store again within the bound, however often it comes', async () => {
    const { key, prefix } = given();
    for (let request = 0; request < 50; request += 1) expect(await isGood(key)).toBe(true);
    expect(reads).toEqual([prefix]);
    stands.delete(prefix);
    clock.advance(BOUND_SECONDS - 0.001);
    expect(await isGood(key)).toBe(true);
    clock.advance(0.001);
    expect(await isGood(key)).toBe(false);
  });

  it('is not believed for a moment longer where it was revoked', async () => {
    const { key, prefix } = given();
    const other = given();
    expect([await isGood(key), await isGood(other.key)]).toEqual([true, true]);
    stands.delete(prefix);
    access.forget(prefix);
    expect([await isGood(key), await isGood(other.key)]).toEqual([false, true]);
  });

  it('is noted as used once a minute, and by one of those who come at once', async () => {
    const { key } = given();
    const began = clock.now();
    await Promise.all([isGood(key), isGood(key), isGood(key)]);
    clock.advance(MINUTE_SECONDS - 0.001);
    await isGood(key);
    expect(uses).toEqual([began]);
    clock.advance(0.001);
    await isGood(key);
    expect(uses).toEqual([began, began + USE_NOTED_EVERY_MILLISECONDS]);
  });

  it('is not noted where another process has done so a moment ago', async () => {
    const { key } = given({ lastUsedAt: (clock.now() - 1_000) as Instant });
    await isGood(key);
    expect(uses).toEqual([]);
    clock.advance(MINUTE_SECONDS - 1);
    await isGood(key);
    expect(uses).toHaveLength(1);
  });

  it('fails aloud where its use cannot be noted, and is noted with the next request', async () => {
    const { key } = given();
    isDatabaseGone = true;
    await expect(isGood(key)).rejects.toThrow('gone');
    await expect(isGood(key)).rejects.toThrow('gone');
    isDatabaseGone = false;
    expect(await isGood(key)).toBe(true);
    expect(uses).toHaveLength(1);
  });
});
