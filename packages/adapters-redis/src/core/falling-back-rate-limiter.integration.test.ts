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

describe.skipIf(redisUrl === null)('a limit while Redis comes and goes', () => {
  it('is shared, then counted by each process, then shared again', async () => {
    const redis = await interruptibleRedis(redisUrl ?? '');
    const [one, other] = [aProcess(redis.url), aProcess(redis.url)];
    const key = `login:${crypto.randomUUID()}`;
    await Promise.all([one.untilShared(), other.untilShared()]);

    expect(await one.limiter.take(key, limit, now)).toEqual({ allowed: true, remaining: 2 });
    expect(await other.limiter.take(key, limit, now)).toEqual({ allowed: true, remaining: 1 });
    expect([one.fallbacks(), other.fallbacks()]).toEqual([0, 0]);

    await redis.cut();
    expect(await one.limiter.take(key, limit, now)).toEqual({ allowed: true, remaining: 2 });
    expect(await one.limiter.take(key, limit, now)).toEqual({ allowed: true, remaining: 1 });
    expect(await other.limiter.take(key, limit, now)).toEqual({ allowed: true, remaining: 2 });
    expect([one.fallbacks(), other.fallbacks()]).toEqual([2, 1]);

    await redis.restore();
    await Promise.all([one.untilShared(), other.untilShared()]);
    expect(await one.limiter.take(key, limit, now)).toEqual({ allowed: true, remaining: 0 });
    expect(await other.limiter.take(key, limit, now)).toMatchObject({ allowed: false });
  });

  it('does not keep anybody waiting when Redis hangs', async () => {
    const redis = await interruptibleRedis(redisUrl ?? '');
    const { limiter, untilShared, fallbacks } = aProcess(redis.url);
    await untilShared();
    redis.block();
    const started = performance.now();
    const verdict = await limiter.take(`login:${crypto.randomUUID()}`, limit, now);
    expect(verdict).toEqual({ allowed: true, remaining: 2 });
    expect(fallbacks()).toBe(1);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('gets an attempt back on the side that can be reached', async () => {
    const redis = await interruptibleRedis(redisUrl ?? '');
    const { limiter, untilShared, fallbacks } = aProcess(redis.url);
    await untilShared();
    const key = `login:${crypto.randomUUID()}`;
    const once = { attempts: 1, windowSeconds: 600 };
    await limiter.take(key, once, now);
    await limiter.giveBack(key);
    expect((await limiter.take(key, once, now)).allowed).toBe(true);
    expect(fallbacks()).toBe(0);

    await redis.cut();
    await limiter.take(key, once, now);
    await limiter.giveBack(key);
    expect((await limiter.take(key, once, now)).allowed).toBe(true);
    expect(fallbacks()).toBe(3);
  });

  it('is forgotten on both sides, even if one of them cannot be reached', async () => {
    const redis = await interruptibleRedis(redisUrl ?? '');
    const { limiter, untilShared, fallbacks } = aProcess(redis.url);
    await untilShared();
    const key = `login:${crypto.randomUUID()}`;
    const once = { attempts: 1, windowSeconds: 600 };
    expect((await limiter.take(key, once, now)).allowed).toBe(true);
    await limiter.clear(key);
    expect((await limiter.take(key, once, now)).allowed).toBe(true);
    expect(fallbacks()).toBe(0);

    await redis.cut();
    expect((await limiter.take(key, once, now)).allowed).toBe(true);
    expect((await limiter.take(key, once, now)).allowed).toBe(false);
    await limiter.clear(key);
    expect(fallbacks()).toBe(3);
    expect((await limiter.take(key, once, now)).allowed).toBe(true);
  });
});

/** One of several processes: with a connection of its own, and counts of its own to fall back on. */
function aProcess(url: string) {
  const failures: unknown[] = [];
  const redis = openRedis(url, () => undefined);
  onTestFinished(() => redis.disconnect());
  return {
    limiter: new FallingBackRateLimiter(
      new RedisRateLimiter(redis),
      new FakeRateLimiter(),
      (error) => failures.push(error),
    ),
    fallbacks: () => failures.length,
    untilShared: () => expect.poll(() => redis.status, { timeout: 10_000 }).toBe('ready'),
  };
}
