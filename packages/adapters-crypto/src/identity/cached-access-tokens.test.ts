import { expect, it } from 'vitest';

import { anAccess, builderIds, FakeAccessTokens } from '@kastoma/application/testing';
import type { Instant, UserId } from '@kastoma/domain/core';

import { CachedAccessTokens } from './cached-access-tokens.ts';

const NOW = 1_795_404_664_999 as Instant;
const after = (seconds: number) => (NOW + seconds * 1_000) as Instant;

class CountedAccessTokens extends FakeAccessTokens {
  verified = 0;

  override verify(token: string, now: Instant) {
    this.verified += 1;
    return super.verify(token, now);
  }
}

function opened() {
  const counted = new CountedAccessTokens();
  return { counted, tokens: new CachedAccessTokens(counted) };
}

const isGood = async (tokens: CachedAccessTokens, token: string) =>
  (await tokens.verify(token, NOW)).isOk();
const claims = anAccess(builderIds.next<UserId>());

it('a token is verified once, and says the same each time', async () => {
  const { counted, tokens } = opened();
  const { token } = await tokens.issue(claims, NOW);
  const [first, ...others] = await Promise.all(
    [0, 1, 899].map((s) => tokens.verify(token, after(s))),
  );
  expect(first?._unsafeUnwrap()).toMatchObject(claims);
  for (const other of others) expect(other).toEqual(first);
  expect(await isGood(tokens, token)).toBe(true);
  expect(counted.verified).toBeLessThanOrEqual(3);
  const before = counted.verified;
  expect(await isGood(tokens, token)).toBe(true);
  expect(counted.verified).toBe(before);
});

it('a token that has ended is not remembered for good', async () => {
  const { tokens } = opened();
  const { token } = await tokens.issue(claims, NOW);
  expect((await tokens.verify(token, after(899.999))).isOk()).toBe(true);
  expect((await tokens.verify(token, after(900))).isErr()).toBe(true);
});

it('a token that was refused is looked at again each time', async () => {
  const { counted, tokens } = opened();
  for (let request = 0; request < 3; request += 1)
    expect((await tokens.verify('guessed', NOW)).isErr()).toBe(true);
  expect(counted.verified).toBe(3);
});

it('a flood of tokens does not fill the memory: the ones kept longest are verified anew', async () => {
  const { counted, tokens } = opened();
  const { token: first } = await tokens.issue(claims, NOW);
  expect(await isGood(tokens, first)).toBe(true);
  for (let issued = 0; issued < 20_000; issued += 1) {
    const { token } = await tokens.issue(claims, NOW);
    expect(await isGood(tokens, token)).toBe(true);
  }
  const before = counted.verified;
  expect(await isGood(tokens, first)).toBe(true);
  expect(counted.verified).toBe(before + 1);
});
