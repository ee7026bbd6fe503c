import { once } from 'node:events';

import { InProcessCache } from '@kastoma/adapters-in-process';
import { nameOfShop, type Database } from '@kastoma/adapters-postgres';
import { FallingBackCache, openRedis, RedisCache } from '@kastoma/adapters-redis';
import type { Cache } from '@kastoma/application/core';

import type { Environment } from '../config/environment.ts';
import type { Log } from './log.ts';

const CONNECT_MILLISECONDS = 1_000;

export type CatalogueCache = {
  readonly isOn: boolean;
  /** Null where each process remembers for a moment what it has read, and no more. */
  readonly shared: Cache | null;
};

type Opened = { readonly thing: CatalogueCache; readonly close: () => Promise<void> };

type Circumstances = Pick<Environment, 'cache' | 'redisUrl' | 'databaseUrl'>;

/**
 * What all processes keep of the catalogue in Redis. Without one, a shop on the embedded database is
 * one process and keeps it to itself; others may be several, which could not tell one another what to forget.
 */
export async function openCatalogueCache(
  { cache, redisUrl, databaseUrl }: Circumstances,
  database: Database,
  log: Log,
): Promise<Opened> {
  const close = async () => undefined;
  if (!cache) return { thing: { isOn: false, shared: null }, close };
  if (redisUrl === null) {
    const shared = databaseUrl === null ? new InProcessCache() : null;
    return { thing: { isOn: true, shared }, close };
  }
  const shop = await nameOfShop(database);
  // The cache tells what is lost and what is back, once; the connection would tell of each time it tries again.
  const redis = openRedis(redisUrl, () => undefined);
  // Asked before it is connected, it would be told as lost; where it is gone, the shop opens without it.
  await Promise.allSettled([
    once(redis, 'ready', { signal: AbortSignal.timeout(CONNECT_MILLISECONDS) }),
  ]);
  const shared = new FallingBackCache(new RedisCache(redis, shop), {
    onLost: (error) => {
      log('warning', 'The catalogue is read from the database alone: Redis cannot be reached', {
        error: error instanceof Error ? error.message : String(error),
      });
    },
    onBack: () => {
      log('info', 'The catalogue is cached again: Redis is back');
    },
  });
  return {
    thing: { isOn: true, shared },
    close: async () => {
      redis.disconnect();
    },
  };
}
