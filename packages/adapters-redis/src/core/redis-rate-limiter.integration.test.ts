import { createHash } from 'node:crypto';
import { once } from 'node:events';

import { describe, expect, inject, it, onTestFinished } from 'vitest';

import { rateLimiterContract } from '@kastoma/application/testing';
import type { Instant } from '@kastoma/domain/core';

import { openRedis } from './redis-connection.ts';
import { RedisRateLimiter } from './redis-rate-limiter.ts';

const redisUrl = inject('redisUrl');

describe.skipIf(redisUrl === null)('on Redis', () => {
  rateLimiterContract(async () => {
    const [one, other] = [await connected(), await connected()];
    return {
      callers: [new RedisRateLimiter(one), new RedisRateLimiter(other)],
      close: async () => {
        one.disconnect();
        other.disconnect();
      },
    };
  });

  it('leaves nothing behind when the window is over', async () => {
    const redis = await connected();
    onTestFinished(() => redis.disconnect());
    const key = crypto.randomUUID();
    const stored = `*${createHash('sha256').update(key).digest('base64url')}*`;
    const limit = { attempts: 2, windowSeconds: 1 };
    await new RedisRateLimiter(redis).take(key, limit, Date.now() as Instant);
    expect(await redis.keys(stored)).toHaveLength(2);
    await expect.poll(() => redis.keys(stored), { timeout: 3_000 }).toEqual([]);
  });

  it('holds nobody’s address', async () => {
    const redis = await connected();
    onTestFinished(() => redis.disconnect());
    const name = crypto.randomUUID();
    const limit = { attempts: 2, windowSeconds: 1 };
    await new RedisRateLimiter(redis).take(`${name}@people.example`, limit, Date.now() as Instant);
    expect(await redis.keys(`*${name}*`)).toEqual([]);
  });
});

async function connected() {
  const redis = openRedis(redisUrl ?? '', (error) => {
    throw error;
  });
  if (redis.status !== 'ready') await once(redis, 'ready');
  return redis;
}
