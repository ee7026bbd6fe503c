import { randomBytes } from 'node:crypto';

import { pingDatabase } from '@kastoma/adapters-postgres';

import { wire } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import type { Environment } from '../config/environment.ts';
import { keepSecret } from '../config/kept-secret.ts';
import type { FirstAccounts } from '../seed/first-accounts.ts';
import { plantSeeds } from '../seed/seeds.ts';
import { forgetAnswersHourly } from './answer-retention.ts';
import { openDatabaseServer, openPool, openRateLimiter, prepareDatabase } from './connections.ts';
import { listen } from './http-server.ts';
import { describeFailure, type Log } from './log.ts';
import { StartStopped } from './start-refused.ts';

export type Shop = {
  readonly url: string;
  readonly firstAccounts: FirstAccounts;
  /** Ends in order: no new requests, those under way finish, then the connections, then the database. Harmless twice. */
  stop(): Promise<void>;
  /** Settles with a reason when the shop cannot go on. */
  readonly failed: Promise<string>;
};

/**
 * Starts everything, or nothing: what was opened before a failure is closed again.
 * `stop` ends a start that is under way, which then fails with `StartStopped`.
 */
export async function startShop(
  environment: Environment,
  log: Log,
  stop?: AbortSignal,
): Promise<Shop> {
  const closing: Closing = {};
  try {
    return await open(environment, log, closing, stop);
  } catch (error) {
    await closeAll(closing);
    if (stop?.aborted === true) throw new StartStopped('', { cause: error });
    throw error;
  }
}

type Closing = { retention?: () => void } & {
  [Part in 'http' | 'rateLimiter' | 'database' | 'databaseServer']?: () => Promise<void>;
};

/** From the door inwards: each part is closed when nothing needs it any more. */
async function closeAll(closing: Closing): Promise<void> {
  await closing.http?.();
  closing.retention?.();
  await closing.rateLimiter?.();
  await closing.database?.();
  await closing.databaseServer?.();
}

async function open(
  environment: Environment,
  log: Log,
  closing: Closing,
  stop: AbortSignal | undefined,
): Promise<Shop> {
  let isShuttingDown = false;
  const http = await listen(environment.host, environment.port);
  closing.http = () => http.close();
  stop?.throwIfAborted();
  const server = await openDatabaseServer(environment);
  closing.databaseServer = server.close;
  stop?.throwIfAborted();
  const pool = openPool(server.url);
  const database = pool.thing;
  closing.database = pool.close;
  // What is being done on the database then fails, however long it would have taken.
  const cutShort = () => {
    pool.cutShort().catch((error: unknown) => {
      log('error', 'The database connections could not be closed', describeFailure(error));
    });
  };
  stop?.addEventListener('abort', cutShort);
  await prepareDatabase(database, environment, stop);
  const limiter = openRateLimiter(environment, log);
  closing.rateLimiter = limiter.close;

  const wiring = wire({
    settings: { currency: environment.currency },
    database,
    rateLimiter: limiter.thing,
    tokenSecret: await tokenSecretOf(environment),
    healthChecks: [
      { name: 'database', optional: false, check: () => pingDatabase(database) },
      ...limiter.healthChecks,
    ],
    isShuttingDown: () => isShuttingDown,
    reportFailure: ({ error, requestId }) => {
      log('error', 'A request failed', { request_id: requestId, ...describeFailure(error) });
    },
  });
  const firstAccounts = await plantSeeds(environment, database, wiring, stop);
  stop?.throwIfAborted();
  // From here on whoever has started the shop ends it in order.
  stop?.removeEventListener('abort', cutShort);
  closing.retention = forgetAnswersHourly(database, wiring.get(TOKENS.clock), log);
  const app = wiring.get(TOKENS.httpApp);
  http.serve((request, bindings) => app.fetch(request, bindings));

  let stopping: Promise<void> | null = null;
  return {
    url: http.url,
    firstAccounts,
    failed: server.died.then((lastLines) => `The embedded PostgreSQL has ended.\n${lastLines}`),
    stop: () => {
      isShuttingDown = true;
      stopping ??= closeAll(closing);
      return stopping;
    },
  };
}

async function tokenSecretOf({
  tokenSecret,
  dataFolder,
}: Environment): Promise<Uint8Array<ArrayBuffer>> {
  const text =
    tokenSecret ??
    (await keepSecret(dataFolder, 'token-secret', () => randomBytes(48).toString('base64url')));
  return new TextEncoder().encode(text);
}
