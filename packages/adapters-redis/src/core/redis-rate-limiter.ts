import type { Redis } from 'ioredis';

import type { RateLimit, RateLimiter, RateLimitVerdict } from '@kastoma/application/core';
import type { Instant } from '@kastoma/domain/core';

/**
 * One script, so that two processes cannot both take the last attempt. The
 * window is a sorted set of attempts by time; a member is the time and the
 * number of attempts before it, since several may fall into one millisecond.
 * Answers { allowed, remaining or milliseconds to wait }.
 */
const TAKE = `
local key, now, window, limit = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('zremrangebyscore', key, '-inf', now - window)
local taken = redis.call('zcard', key)
if taken >= limit then
  local oldest = redis.call('zrange', key, 0, 0, 'withscores')
  return { 0, tonumber(oldest[2]) + window - now }
end
redis.call('zadd', key, now, now .. ':' .. redis.call('incr', key .. ':sequence'))
redis.call('pexpire', key, window)
redis.call('pexpire', key .. ':sequence', window)
return { 1, limit - taken - 1 }
`;

/** Limits that hold across all processes that share the Redis. */
export class RedisRateLimiter implements RateLimiter {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async take(key: string, limit: RateLimit, now: Instant): Promise<RateLimitVerdict> {
    const window = limit.windowSeconds * 1000;
    const answer = await this.#redis.eval(TAKE, 1, keyOf(key), now, window, limit.attempts);
    const [allowed, rest] = answer as [number, number];
    return allowed === 1
      ? { allowed: true, remaining: rest }
      : { allowed: false, retryAfterSeconds: Math.ceil(rest / 1000) };
  }

  async giveBack(key: string): Promise<void> {
    await this.#redis.zpopmax(keyOf(key));
  }

  async clear(key: string): Promise<void> {
    await this.#redis.del(keyOf(key), `${keyOf(key)}:sequence`);
  }
}

/** The braces keep a key and its sequence on one node of a cluster. */
function keyOf(key: string): string {
  return `kastoma:rate-limit:{${key}}`;
}
