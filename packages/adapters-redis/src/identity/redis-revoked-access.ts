import type { Redis } from 'ioredis';

import type { AccessReach, AccessRevocation, RevokedAccess } from '@kastoma/application/identity';

/** Keeps the greatest version that was told: two revocations may come in the wrong order. */
const RAISE = `
local said = tonumber(ARGV[1])
local stands = tonumber(redis.call('get', KEYS[1]) or '0')
redis.call('set', KEYS[1], math.max(said, stands), 'EX', ARGV[2])
`;

/** The deny-list that all processes share, each entry kept for as long as an access token can run. */
export class RedisRevokedAccess implements RevokedAccess {
  readonly #redis: Redis;
  readonly #keptSeconds: number;

  constructor(redis: Redis, keptSeconds: number) {
    this.#redis = redis;
    this.#keptSeconds = keptSeconds;
  }

  /** Rejects when Redis cannot be reached. */
  async add(revocation: AccessRevocation): Promise<void> {
    if (revocation.kind === 'session')
      await this.#redis.set(sessionKey(revocation.sessionId), '1', 'EX', this.#keptSeconds);
    else {
      const { userId, firstGoodVersion } = revocation;
      await this.#redis.eval(RAISE, 1, userKey(userId), firstGoodVersion, this.#keptSeconds);
    }
  }

  async has({ userId, sessionId, tokenVersion }: AccessReach): Promise<boolean> {
    // Two reads and not one of two keys, which need not be on one node of a cluster; they travel together.
    const [ended, firstGoodVersion] = await Promise.all([
      this.#redis.get(sessionKey(sessionId)),
      this.#redis.get(userKey(userId)),
    ]);
    return ended !== null || tokenVersion < Number(firstGoodVersion ?? 0);
  }
}

function sessionKey(sessionId: string): string {
  return `kastoma:revoked:session:${sessionId}`;
}

function userKey(userId: string): string {
  return `kastoma:revoked:user:${userId}`;
}
