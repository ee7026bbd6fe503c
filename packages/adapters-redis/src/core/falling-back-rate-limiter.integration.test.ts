import { describe, expect, inject, it, onTestFinished } from 'vitest';

import { FakeRateLimiter } from '@kastoma/application/testing';
import type { Instant } from '@kastoma/domain/core';

import { interruptibleRedis } from '../testing/interruptible-redis.ts';
import { FallingBackRateLimiter } from './falling-back-rate-limiter.ts';
import { openRedis } from './redis-connection.ts';
import { RedisRateLimiter } from './redis-rate-limiter.ts';

const redisUrl = inject('redisUrl');
const limit = { attempts: 3, windowSeconds: 600 };
const now = Date.UTC(2026, 10, 23) as Instant;

function allowed(remaining: number) {
  return { allowed: true, remaining, roomAfterSeconds: 600 };
}

describe.skipIf(redisUrl === null)('a limit while Redis comes and goes', () => {
  it('is shared, then counted by each process, then shared again; each change is told once', async () => {
    const redis = await interruptibleRedis(redisUrl ?? '');
    const [one, other] = [aProcess(redis.url), aProcess(redis.url)];
    const key = `login:${crypto.randomUUID()}`;
    await Promise.all([one.untilShared(), other.untilShared()]);

    expect(await one.limiter.take(key, limit, now)).toEqual(allowed(2));
    expect(await other.limiter.take(key, limit, now)).toEqual(allowed(1));
    expect([one.told(), other.told()]).toEqual([[], []]);

    await redis.cut();
    expect(await one.limiter.take(key, limit, now)).toEqual(allowed(2));
    expect(await one.limiter.take(key, limit, now)).toEqual(allowed(1));
    expect(await other.limiter.take(key, limit, now)).toEqual(allowed(2));
    expect([one.told(), other.told()]).toEqual([['lost'], ['lost']]);

    await redis.restore();
    await Promise.all([one.untilShared(), other.untilShared()]);
    expect(await one.limiter.take(key, limit, now)).toEqual(allowed(0));
    expect(await other.limiter.take(key, limit, now)).toMatchObject({ allowed: false });
    expect([one.told(), other.told()]).toEqual([
      ['lost', 'back'],
      ['lost', 'back'],
    ]);
  });

  it('keeps one request waiting when Redis hangs, and no other', async () => {
    const redis = await interruptibleRedis(redisUrl ?? '');
    const { limiter, untilShared, told } = aProcess(redis.url, 60_000);
    await untilShared();
    redis.block();
    const key = `login:${crypto.randomUUID()}`;
    const started = performance.now();
    expect(await limiter.take(key, limit, now)).toEqual(allowed(2));
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(told()).toEqual(['lost']);

    const again = performance.now();
    for (const remaining of [1, 0])
      expect(await limiter.take(key, limit, now)).toEqual(allowed(remaining));
    expect(performance.now() - again).toBeLessThan(100);
    expect(told()).toEqual(['lost']);
  });

  it('gets an attempt back on the side that can be reached', async () => {
    const redis = await interruptibleRedis(redisUrl ?? '');
    const { limiter, untilShared, told } = aProcess(redis.url);
    await untilShared();
    const key = `login:${crypto.randomUUID()}`;
    const once = { attempts: 1, windowSeconds: 600 };
    await limiter.take(key, once, now);
    await limiter.giveBack(key);
    expect((await limiter.take(key, once, now)).allowed).toBe(true);
    expect(told()).toEqual([]);

    await redis.cut();
    await limiter.take(key, once, now);
    await limiter.giveBack(key);
    expect((await limiter.take(key, once, now)).allowed).toBe(true);
    expect(told()).toEqual(['lost']);
  });

  it('is forgotten on both sides, even if one of them cannot be reached', async () => {
    const redis = await interruptibleRedis(redisUrl ?? '');
    const { limiter, untilShared, told } = aProcess(redis.url);
    await untilShared();
    const key = `login:${crypto.randomUUID()}`;
    const once = { attempts: 1, windowSeconds: 600 };
    expect((await limiter.take(key, once, now)).allowed).toBe(true);
    await limiter.clear(key);
    expect((await limiter.take(key, once, now)).allowed).toBe(true);
    expect(told()).toEqual([]);

    await redis.cut();
    expect((await limiter.take(key, once, now)).allowed).toBe(true);
    expect((await limiter.take(key, once, now)).allowed).toBe(false);
    await limiter.clear(key);
    expect((await limiter.take(key, once, now)).allowed).toBe(true);
    expect(told()).toEqual(['lost']);
  });
});

/** One of several processes: with a connection of its own, and counts of its own to fall back on. */
function aProcess(url: string, pauseMilliseconds = 0) {
  const told: string[] = [];
  const redis = openRedis(url, () => undefined);
  onTestFinished(() => redis.disconnect());
  const watch = { onLost: () => told.push('lost'), onBack: () => told.push('back') };
  return {
    limiter: new FallingBackRateLimiter(
      new RedisRateLimiter(redis),
      new FakeRateLimiter(),
      watch,
      pauseMilliseconds,
    ),
    told: () => told,
    untilShared: () => expect.poll(() => redis.status, { timeout: 10_000 }).toBe('ready'),
  };
}
