import { Redis } from 'ioredis';

/**
 * Opens a connection that fails fast: a command waits neither for a reconnect
 * nor longer than a second, since the caller has something else to fall back on.
 */
export function openRedis(url: string, onError: (error: Error) => void): Redis {
  const redis = new Redis(url, {
    lazyConnect: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 1_000,
    connectTimeout: 5_000,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
  });
  redis.on('error', onError);
  return redis;
}
