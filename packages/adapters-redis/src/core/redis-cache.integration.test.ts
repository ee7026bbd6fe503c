import { once } from 'node:events';

import { describe, expect, inject, it, onTestFinished } from 'vitest';

import { cacheContract } from '@kastoma/application/testing';

import { interruptibleRedis } from '../testing/interruptible-redis.ts';
import { FallingBackCache } from './falling-back-cache.ts';
import { RedisCache } from './redis-cache.ts';
import { openRedis } from './redis-connection.ts';

const redisUrl = inject('redisUrl');
const A_WHILE = 30_000;
/** One that is open nowhere else. */
const SHOP = crypto.randomUUID();

describe.skipIf(redisUrl === null)('on Redis', () => {
  cacheContract(async () => {
    const [one, other] = [await connected(), await connected()];
    return {
      callers: [new RedisCache(one, SHOP), new RedisCache(other, SHOP)],
      close: async () => {
        one.disconnect();
        other.disconnect();
      },
    };
  });

  it('keeps nothing that says it was read in the time to come, such as from before a clock was set back', async () => {
    const redis = await connected();
    onTestFinished(() => redis.disconnect());
    const cache = new RedisCache(redis, SHOP);
    const value = { text: 'x', version: 1, tags: [] };
    const tomorrow = (Date.now() + 86_400_000) * 1_000;
    expect(await cache.keep(crypto.randomUUID(), value, tomorrow, A_WHILE)).toBe(false);
  });

  it('keeps nothing for another shop, and forgets nothing of it', async () => {
    const redis = await connected();
    onTestFinished(() => redis.disconnect());
    const [mine, yours] = [new RedisCache(redis, SHOP), new RedisCache(redis, `${SHOP}:other`)];
    const [key, tag] = [crypto.randomUUID(), crypto.randomUUID()];
    const finding = await mine.find(key);
    const readFrom = finding.kind === 'missing' ? (finding.readFrom ?? 0) : 0;
    await mine.keep(key, { text: 'mine', version: 1, tags: [tag] }, readFrom, A_WHILE);
    expect(await yours.find(key)).toMatchObject({ kind: 'missing' });
    await yours.forget([tag]);
    expect(await mine.find(key)).toEqual({ kind: 'found', text: 'mine' });
  });

  it('leaves nothing behind for good, and no key that tells what was asked for', async () => {
    const redis = await connected();
    onTestFinished(() => redis.disconnect());
    const cache = new RedisCache(redis, SHOP);
    const name = crypto.randomUUID();
    const finding = await cache.find(name);
    const readFrom = finding.kind === 'missing' ? (finding.readFrom ?? 0) : 0;
    await cache.keep(name, { text: 'x', version: 1, tags: [name] }, readFrom, A_WHILE);
    await cache.find(`${name}:other`);
    await cache.forget([name]);
    const keys = await redis.keys(`kastoma:{cache:${SHOP}}:*`);
    const lives = await Promise.all(keys.map((key) => redis.pttl(key)));
    expect(keys.length).toBeGreaterThanOrEqual(3);
    expect(lives.filter((life) => life === -1)).toEqual([]);
    const floor = `kastoma:{cache:${SHOP}}:floor:${name}`;
    expect(keys.filter((key) => key.includes(name))).toEqual([floor]);
    // To the microsecond: a rounded one would let somebody through.
    expect(await redis.get(floor)).toMatch(/^\d{16}$/);
  });
});

describe.skipIf(redisUrl === null)('a cache while Redis comes and goes', () => {
  it('finds nothing meanwhile, and has everything forgotten first when it is back', async () => {
    const link = await interruptibleRedis(redisUrl ?? '');
    const [here, there] = [aProcess(link.url), aProcess(redisUrl ?? '')];
    await Promise.all([here.untilShared(), there.untilShared()]);
    const [key, tag] = [crypto.randomUUID(), crypto.randomUUID()];
    const keep = async (text: string) => {
      const finding = await there.cache.find(key);
      const readFrom = finding.kind === 'missing' ? (finding.readFrom ?? 0) : 0;
      return there.cache.keep(key, { text, version: 1, tags: [tag] }, readFrom, A_WHILE);
    };
    expect(await keep('what stood')).toBe(true);
    expect(await here.cache.find(key)).toEqual({ kind: 'found', text: 'what stood' });

    await link.cut();
    expect(await here.cache.find(key)).toEqual({
      kind: 'missing',
      readFrom: null,
      isBeingRead: false,
    });
    await here.cache.forget([tag]);
    expect(here.told()).toEqual(['lost']);
    expect(await there.cache.find(key)).toMatchObject({ kind: 'found' });

    await link.restore();
    await here.untilShared();
    expect(await here.cache.find(key)).toMatchObject({ kind: 'missing' });
    expect((await there.cache.find(key)).kind).toBe('missing');
    expect(here.told()).toEqual(['lost', 'back']);
    expect(await keep('what stands')).toBe(true);
    expect(await here.cache.find(key)).toMatchObject({ kind: 'found', text: 'what stands' });
    expect(there.told()).toEqual([]);
  });

  it('keeps one request waiting when Redis hangs, and no other', async () => {
    const link = await interruptibleRedis(redisUrl ?? '');
    const { cache, untilShared, told } = aProcess(link.url, 60_000);
    await untilShared();
    link.block();
    const started = performance.now();
    expect(await cache.find('anything')).toMatchObject({ readFrom: null });
    expect(performance.now() - started).toBeLessThan(3_000);

    const again = performance.now();
    for (let asked = 0; asked < 50; asked += 1) await cache.find(`anything else ${asked}`);
    await cache.forget(['anything']);
    expect(performance.now() - again).toBeLessThan(100);
    expect(told()).toEqual(['lost']);
  });
});

/** One of several processes, with a connection of its own. */
function aProcess(url: string, pauseMilliseconds = 0) {
  const told: string[] = [];
  const redis = openRedis(url, () => undefined);
  onTestFinished(() => redis.disconnect());
  const watch = { onLost: () => told.push('lost'), onBack: () => told.push('back') };
  return {
    cache: new FallingBackCache(new RedisCache(redis, SHOP), watch, pauseMilliseconds),
    told: () => told,
    untilShared: () => expect.poll(() => redis.status, { timeout: 10_000 }).toBe('ready'),
  };
}

async function connected() {
  const redis = openRedis(redisUrl ?? '', (error) => {
    throw error;
  });
  if (redis.status !== 'ready') await once(redis, 'ready');
  return redis;
}
