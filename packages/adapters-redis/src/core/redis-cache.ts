import { createHash } from 'node:crypto';

import type { Redis } from 'ioredis';

import {
  EVERYTHING,
  LONGEST_KEPT_MILLISECONDS,
  type Cache,
  type CacheFinding,
  type CacheTime,
  type CacheValue,
} from '@kastoma/application/core';

/** Whoever found a value missing is taken to read it for so long. */
const LEASE_MILLISECONDS = 1_000;
/** Longer than anything is kept and than the slowest statement runs: a floor that is gone would have let nobody through. */
const FLOOR_MILLISECONDS = LONGEST_KEPT_MILLISECONDS + 5 * 60_000;

/** Microseconds by the clock of Redis, which all processes share; a floor is the last of them that is not good any more. */
const CLOCK = `
local time = redis.call('time')
local now = time[1] * 1000000 + time[2]
local prefix = ARGV[1]
local function overtaken(tags, read_from)
  local keys = {}
  for tag in string.gmatch(tags, '[^ ]+') do keys[#keys + 1] = prefix .. tag end
  for _, floor in ipairs(redis.call('mget', unpack(keys))) do
    if floor and tonumber(floor) >= tonumber(read_from) then return true end
  end
  return false
end
`;

/** Answers { text }, or { nothing, now, whether the caller is the one to read it }. */
const FIND = `${CLOCK}
local held = redis.call('hmget', KEYS[1], 'text', 'read_from', 'tags')
if held[1] and not overtaken(held[3], held[2]) then return { held[1] } end
local leased = redis.call('set', KEYS[2], '1', 'NX', 'PX', ARGV[2])
return { false, string.format('%.0f', now), leased and 1 or 0 }
`;

/** Compares and sets: what is there and still good is not replaced by anything older. Answers 1 where it was kept. */
const KEEP = `${CLOCK}
local text, version, read_from, tags = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
redis.call('del', KEYS[2])
if read_from > now or overtaken(tags, read_from) then return 0 end
local held = redis.call('hmget', KEYS[1], 'version', 'read_from', 'tags')
if held[1] and not overtaken(held[3], held[2]) then
  local there, since = tonumber(held[1]), tonumber(held[2])
  if there > version or (there == version and since > read_from) then return 0 end
end
redis.call('hset', KEYS[1], 'text', text, 'version', ARGV[3], 'read_from', ARGV[4], 'tags', tags)
redis.call('pexpire', KEYS[1], ARGV[6])
return 1
`;

const FORGET = `${CLOCK}
local floor = now + ARGV[2] * 1000
for _, key in ipairs(KEYS) do
  if floor > tonumber(redis.call('get', key) or '0') then
    redis.call('set', key, string.format('%.0f', floor), 'PX', ARGV[3] + ARGV[2])
  end
end
`;

/** Sent once by their texts, and from then on by their hashes. */
type WithScripts = Redis & {
  kastomaCacheFind(
    key: string,
    lease: string,
    floors: string,
    leaseMilliseconds: number,
  ): Promise<[text: string | null, now: string, isLeased: 0 | 1]>;
  kastomaCacheKeep(
    key: string,
    lease: string,
    floors: string,
    text: string,
    version: number,
    readFrom: number,
    tags: string,
    milliseconds: number,
  ): Promise<0 | 1>;
  kastomaCacheForget(count: number, ...keysAndTimes: readonly (string | number)[]): Promise<null>;
};

/** Values that all processes share that have the same Redis. Rejects when it cannot be reached. */
export class RedisCache implements Cache {
  readonly #redis: WithScripts;
  readonly #prefix: string;
  readonly #floors: string;

  /** The shop's name keeps it apart from others that use the same Redis. */
  constructor(redis: Redis, shop: string) {
    redis.defineCommand('kastomaCacheFind', { numberOfKeys: 2, lua: FIND });
    redis.defineCommand('kastomaCacheKeep', { numberOfKeys: 2, lua: KEEP });
    redis.defineCommand('kastomaCacheForget', { lua: FORGET });
    this.#redis = redis as WithScripts;
    // All on one node of a cluster, since a value is held against the floors of its tags.
    this.#prefix = `kastoma:{cache:${shop}}:`;
    this.#floors = `${this.#prefix}floor:`;
  }

  async find(key: string): Promise<CacheFinding> {
    const [text, now, isLeased] = await this.#redis.kastomaCacheFind(
      this.#valueKey(key),
      this.#leaseKey(key),
      this.#floors,
      LEASE_MILLISECONDS,
    );
    return text === null
      ? { kind: 'missing', readFrom: Number(now), isBeingRead: isLeased === 0 }
      : { kind: 'found', text };
  }

  async keep(
    key: string,
    { text, version, tags }: CacheValue,
    readFrom: CacheTime,
    milliseconds: number,
  ): Promise<boolean> {
    const kept = await this.#redis.kastomaCacheKeep(
      this.#valueKey(key),
      this.#leaseKey(key),
      this.#floors,
      text,
      version,
      readFrom,
      [EVERYTHING, ...tags].join(' '),
      Math.min(milliseconds, LONGEST_KEPT_MILLISECONDS),
    );
    return kept === 1;
  }

  async release(key: string): Promise<void> {
    await this.#redis.del(this.#leaseKey(key));
  }

  async forget(tags: readonly string[], settlingMilliseconds = 0): Promise<void> {
    const keys = tags.map((tag) => `${this.#floors}${tag}`);
    await this.#redis.kastomaCacheForget(
      keys.length,
      ...keys,
      this.#floors,
      settlingMilliseconds,
      FLOOR_MILLISECONDS,
    );
  }

  /** Hashed, since a key may be as long as the request that it stands for. */
  #valueKey(key: string): string {
    return `${this.#prefix}value:${createHash('sha256').update(key).digest('base64url')}`;
  }

  #leaseKey(key: string): string {
    return `${this.#valueKey(key)}:lease`;
  }
}
