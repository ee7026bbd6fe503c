import { once } from 'node:events';

import { describe, expect, inject, it, onTestFinished } from 'vitest';

import { anAccess, builderIds, revokedAccessContract } from '@kastoma/application/testing';
import type { UserId } from '@kastoma/domain/core';

import { openRedis } from '../core/redis-connection.ts';
import { RedisRevokedAccess } from './redis-revoked-access.ts';

const redisUrl = inject('redisUrl');

describe.skipIf(redisUrl === null)('on Redis', () => {
  revokedAccessContract(async () => {
    const [one, other] = [await connected(), await connected()];
    return {
      callers: [new RedisRevokedAccess(one, 900), new RedisRevokedAccess(other, 900)],
      close: async () => {
        one.disconnect();
        other.disconnect();
      },
    };
  });

  it('leaves nothing behind once no token can say any more what was taken back', async () => {
    const redis = await connected();
    onTestFinished(() => redis.disconnect());
    const { userId, sessionId } = anAccess(builderIds.next<UserId>());
    const list = new RedisRevokedAccess(redis, 1);
    await list.add({ kind: 'session', sessionId });
    await list.add({ kind: 'user', userId, firstGoodVersion: 2 });
    const left = async () => [
      ...(await redis.keys(`*${userId}*`)),
      ...(await redis.keys(`*${sessionId}*`)),
    ];
    expect(await left()).toHaveLength(2);
    await expect.poll(left, { timeout: 3_000 }).toEqual([]);
  });
});

async function connected() {
  const redis = openRedis(redisUrl ?? '', (error) => {
    throw error;
  });
  if (redis.status !== 'ready') await once(redis, 'ready');
  return redis;
}
