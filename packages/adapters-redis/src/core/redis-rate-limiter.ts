import { createHash } from 'node:crypto';

import type { Redis } from 'ioredis';

import type { RateLimit, RateLimiter, RateLimitVerdict } from '@kastoma/application/core';
import type { Instant } from '@kastoma/domain/core';

/**
 * One script, so that two processes cannot both take the last attempt. The
 * window is a sorted set of attempts by time; a member is the time and the
 * number of attempts before it, since several may fall into one millisecond.
 * Answers { allowed, remaining, milliseconds until the oldest leaves the window }.
 */
const TAKE = `
local key, now, window, limit = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('zremrangebyscore', key, '-inf', now - window)
local taken = redis.call('zcard', key)
local oldest = tonumber(redis.call('zrange', key, 0, 0, 'withscores')[2] or now)
local wait = oldest + window - now
if taken >= limit then return { 0, 0, wait } end
redis.call('zadd', key, now, now .. ':' .. redis.call('incr', key .. ':sequence'))
redis.call('pexpire', key, window)
redis.call('pexpire', key .. ':sequence', window)
return { 1, limit - taken - 1, wait }
`;

/** Sent once by its text, and from then on by its hash. */
type WithScript = Redis & {
  kastomaTakeAttempt(
    key: string,
    now: number,
    windowMilliseconds: number,
    attempts: number,
  ): Promise<[allowed: number, remaining: number, waitMilliseconds: number]>;
};

/** Limits that hold across all processes that share the Redis. */
export class RedisRateLimiter implements RateLimiter {
  readonly #redis: WithScript;

  constructor(redis: Redis) {
    redis.defineCommand('kastomaTakeAttempt', { numberOfKeys: 1, lua: TAKE });
    this.#redis = redis as WithScript;
  }

  async take(key: string, limit: RateLimit, now: Instant): Promise<RateLimitVerdict> {
    const window = limit.windowSeconds * 1000;
    const answer = await this.#redis.kastomaTakeAttempt(keyOf(key), now, window, limit.attempts);
    const [allowed, remaining, wait] = answer;
    const seconds = Math.ceil(wait / 1000);
    return allowed === 1
      ? { allowed: true, remaining, roomAfterSeconds: seconds }
      : { allowed: false, retryAfterSeconds: seconds };
  }

  async giveBack(key: string): Promise<void> {
    await this.#redis.zpopmax(keyOf(key));
  }

  async clear(key: string): Promise<void> {
    await this.#redis.del(keyOf(key), `${keyOf(key)}:sequence`);
  }
}

/**
 * Hashed, since a key may hold the address of a person; the braces keep a key and
 * its sequence on one node of a cluster.
 */
function keyOf(key: string): string {
  return `kastoma:rate-limit:{${createHash('sha256').update(key).digest('base64url')}}`;
}
