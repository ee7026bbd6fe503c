import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

import { DrilledShop } from './drills/drilled-shop.ts';
import { OwnRedis } from './drills/own-redis.ts';
import { gather, race } from './drills/race.ts';

const SHOPPERS = 24;

let shop: DrilledShop;
let redis: OwnRedis | null;
let remove: () => Promise<void>;

beforeAll(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'kastoma-race-'));
  const { url: databaseUrl, database, drop } = await createTestDatabase(inject('postgresUrl'));
  const dataFolder = join(parent, 'data');
  redis = inject('redisUrl') === null ? null : await OwnRedis.open();
  const variables: Record<string, string> = redis === null ? {} : { REDIS_URL: redis.url };
  shop = await DrilledShop.open({ databaseUrl, database, dataFolder, variables });
  remove = async () => {
    await shop.killAll();
    await redis?.kill();
    await drop();
    await rm(parent, { recursive: true, maxRetries: 10 });
  };
});

afterAll(() => remove());

it(
  'whatever shoppers want of two processes at once, each unit and each use is theirs once',
  { timeout: 240_000 },
  async () => {
    const crowd = await gather(shop, SHOPPERS);
    const played = await race(crowd, redis, () => undefined);
    expect(played.filter(({ complaints }) => complaints.length > 0)).toEqual([]);
  },
);
