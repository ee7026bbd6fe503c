import { ok, type Result } from 'neverthrow';

import type { Instant } from '@kastoma/domain/core';
import type { TooManyAttempts } from '@kastoma/domain/identity';

import type { RateLimit, RateLimiter } from '../core/rate-limiter.port.ts';
import { tooManyAttempts } from './too-many-attempts.ts';

/** A limit and what is counted under it. */
export type CountedKey = { readonly key: string; readonly limit: RateLimit };

/** One key for each of the limits, the longest window first: it is the one that says how long to wait. */
export function keysOf(subject: string, limits: readonly RateLimit[]): readonly CountedKey[] {
  return limits
    .toSorted((one, other) => other.windowSeconds - one.windowSeconds)
    .map((limit) => ({ key: `${subject}:${limit.windowSeconds}`, limit }));
}

/** Takes one attempt under each of the keys, or under none of them. */
export async function takeAttempt(
  keys: readonly CountedKey[],
  rateLimiter: RateLimiter,
  now: Instant,
): Promise<Result<void, TooManyAttempts>> {
  const taken: CountedKey[] = [];
  for (const counted of keys) {
    const verdict = await rateLimiter.take(counted.key, counted.limit, now);
    if (!verdict.allowed) {
      await giveBackAttempt(taken, rateLimiter);
      return tooManyAttempts(verdict);
    }
    taken.push(counted);
  }
  return ok();
}

/** It turned out to be none that counts. */
export async function giveBackAttempt(
  keys: readonly CountedKey[],
  rateLimiter: RateLimiter,
): Promise<void> {
  await Promise.all(keys.map(({ key }) => rateLimiter.giveBack(key)));
}

export async function forgetAttempts(
  keys: readonly CountedKey[],
  rateLimiter: RateLimiter,
): Promise<void> {
  await Promise.all(keys.map(({ key }) => rateLimiter.clear(key)));
}
