import { InProcessRevokedAccess } from '@kastoma/adapters-in-process';
import { FallingBackRevokedAccess, openRedis, RedisRevokedAccess } from '@kastoma/adapters-redis';
import type { RevokedAccess } from '@kastoma/application/identity';

import type { Environment } from '../config/environment.ts';
import type { Log } from './log.ts';

/** Entries outlive the tokens that they refuse, though the clocks of those who made both may differ. */
const MARGIN_SECONDS = 60;

/** The deny-list that is shared through Redis, or this process's own. */
export function openRevokedAccess(
  { tokens, redisUrl }: Pick<Environment, 'tokens' | 'redisUrl'>,
  log: Log,
): { readonly thing: RevokedAccess; readonly close: () => Promise<void> } {
  const keptSeconds = tokens.accessSeconds + tokens.skewSeconds + MARGIN_SECONDS;
  const local = new InProcessRevokedAccess(keptSeconds);
  if (redisUrl === null) return { thing: local, close: async () => undefined };
  // The list tells what is lost and what is back, once; the connection would tell of each time it tries again.
  const redis = openRedis(redisUrl, () => undefined);
  const thing = new FallingBackRevokedAccess(new RedisRevokedAccess(redis, keptSeconds), local, {
    onLost: (error) => {
      log('warning', 'Revoked tokens are known from the database alone: Redis cannot be reached', {
        error: error instanceof Error ? error.message : String(error),
      });
    },
    onBack: () => {
      log('info', 'Revoked tokens are known everywhere at once: Redis is back');
    },
  });
  return {
    thing,
    close: async () => {
      redis.disconnect();
    },
  };
}
