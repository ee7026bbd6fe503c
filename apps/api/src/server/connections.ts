import { join } from 'node:path';

import {
  EmbeddedPostgresUnavailable,
  startEmbeddedPostgres,
} from '@kastoma/adapters-embedded-postgres';
import type { HealthCheck } from '@kastoma/adapters-http';
import { InProcessRateLimiter, UnlimitedRateLimiter } from '@kastoma/adapters-in-process';
import {
  isDatabaseUnavailable,
  keepCurrency,
  MigrationRefused,
  migrate,
  openDatabase,
  type Database,
} from '@kastoma/adapters-postgres';
import { FallingBackRateLimiter, openRedis, RedisRateLimiter } from '@kastoma/adapters-redis';
import type { RateLimiter } from '@kastoma/application/core';

import type { Environment } from '../config/environment.ts';
import type { Log } from './log.ts';
import { StartRefused } from './start-refused.ts';

/** Connections to one outside system, and how to end them. */
type Opened<Thing> = { readonly thing: Thing; readonly close: () => Promise<void> };

const POOL_SIZE = 20;
const APPLICATION_NAME = 'kastoma-api';
const LONGEST_POOL_FAREWELL_SECONDS = 2;
const SHORTEST_POOL_FAREWELL_SECONDS = 0.3;

export type DatabaseServer = {
  readonly url: string;
  readonly close: () => Promise<void>;
  /** Settles when the server has ended without being asked to. */
  readonly died: Promise<string>;
};

/** The database that `DATABASE_URL` names, or one of our own in the data folder. */
export async function openDatabaseServer({
  databaseUrl,
  dataFolder,
}: Environment): Promise<DatabaseServer> {
  if (databaseUrl !== null)
    return { url: databaseUrl, close: async () => undefined, died: never() };
  try {
    const server = await startEmbeddedPostgres({ dataFolder: join(dataFolder, 'postgres') });
    const died = server.exited.then(({ stopped, lastLogLines }) =>
      stopped ? never() : lastLogLines.join('\n'),
    );
    return { url: server.url, close: () => server.stop(), died };
  } catch (error) {
    if (error instanceof EmbeddedPostgresUnavailable)
      throw new StartRefused(error.message, { cause: error });
    throw error;
  }
}

/** What does not happen. */
function never(): Promise<never> {
  return Promise.withResolvers<never>().promise;
}

/** A pool on the database; it connects when it is used. Cut short, it does not wait for what is being done. */
export function openPool(
  url: string,
): Opened<Database> & { readonly cutShort: () => Promise<void> } {
  const thing = openDatabase({ url, poolSize: POOL_SIZE, applicationName: APPLICATION_NAME });
  return {
    thing,
    close: () => thing.end({ timeout: LONGEST_POOL_FAREWELL_SECONDS }),
    cutShort: () => thing.end({ timeout: SHORTEST_POOL_FAREWELL_SECONDS }),
  };
}

/** Brings the database up to date, and has it sell in one currency for good. */
export async function prepareDatabase(
  database: Database,
  { currency, dataFolder, databaseUrl }: Environment,
  stop: AbortSignal | undefined,
): Promise<void> {
  const kept = await explainRefusal(async () => {
    await migrate(database, { stop });
    return keepCurrency(database, currency);
  });
  if (kept === currency) return;
  const remedy =
    databaseUrl === null
      ? `KASTOMA_DATA_DIR to another folder than ${dataFolder}`
      : 'DATABASE_URL to another database';
  throw new StartRefused(
    `KASTOMA_CURRENCY: this shop was opened in ${kept} and does not change to ${currency}: set it to ${kept}, or for a new shop set ${remedy}.`,
  );
}

async function explainRefusal<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MigrationRefused) throw new StartRefused(error.message, { cause: error });
    if (isDatabaseUnavailable(error) || isRefusedLogin(error)) {
      throw new StartRefused(
        `DATABASE_URL: the database cannot be used (${(error as Error).message}): check the address, and that it is running.`,
        { cause: error },
      );
    }
    throw error;
  }
}

/** SQLSTATE class 28, invalid authorization; 3D000, no such database. */
function isRefusedLogin(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(?:28|3D000)/.test(String(error.code));
}

/** Limits shared through Redis, or this process's own. */
export function openRateLimiter(
  { rateLimits, redisUrl }: Environment,
  log: Log,
): Opened<RateLimiter> & { readonly healthChecks: readonly HealthCheck[] } {
  if (!rateLimits)
    return { thing: new UnlimitedRateLimiter(), close: async () => undefined, healthChecks: [] };
  const local = new InProcessRateLimiter();
  if (redisUrl === null) return { thing: local, close: async () => undefined, healthChecks: [] };
  // The limiter tells what is lost and what is back, once; the connection would tell of each time it tries again.
  const redis = openRedis(redisUrl, () => undefined);
  const thing = new FallingBackRateLimiter(new RedisRateLimiter(redis), local, {
    onLost: (error) => {
      log('warning', 'Redis cannot be reached; limits are counted by this process alone', {
        error: error instanceof Error ? error.message : String(error),
      });
    },
    onBack: () => {
      log('info', 'Redis is back; limits are shared again');
    },
  });
  const check = async () => {
    await redis.ping();
  };
  return {
    thing,
    close: async () => {
      redis.disconnect();
    },
    healthChecks: [{ name: 'redis', optional: true, check }],
  };
}
