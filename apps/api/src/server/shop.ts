import { TOKENS } from '../composition/tokens.ts';
import type { Environment } from '../config/environment.ts';
import type { FirstAccounts } from '../seed/first-accounts.ts';
import { plantSeeds } from '../seed/seeds.ts';
import { forgetAnswersHourly } from './answer-retention.ts';
import { expireCartsHourly } from './cart-retention.ts';
import { closeAll, type Closing } from './closing.ts';
import { openDatabaseServer, openPool, prepareDatabase } from './connections.ts';
import { forgetErasedHourly } from './erasure-retention.ts';
import { openExpiring } from './expiring.ts';
import { listen } from './http-server.ts';
import { forgetImportsHourly } from './import-retention.ts';
import { openImporting } from './importing.ts';
import { describeFailure, type Log } from './log.ts';
import { deleteUnusedMediaHourly } from './media-retention.ts';
import { openReconciling } from './reconciling.ts';
import { openRelaying } from './relaying.ts';
import { openSending } from './sending-webhooks.ts';
import { forgetEndedSessionsHourly } from './session-retention.ts';
import { StartStopped } from './start-refused.ts';
import { wireShop } from './wired-shop.ts';

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
  const circumstances = { database, url: http.url, isShuttingDown: () => isShuttingDown };
  const wiring = await wireShop(environment, circumstances, log, closing);
  const firstAccounts = await plantSeeds(environment, database, wiring, stop);
  stop?.throwIfAborted();
  // From here on whoever has started the shop ends it in order.
  stop?.removeEventListener('abort', cutShort);
  const retentions = [
    forgetAnswersHourly(database, wiring.get(TOKENS.clock), log),
    forgetImportsHourly(database, wiring.get(TOKENS.clock), log),
    forgetErasedHourly(wiring, log),
    expireCartsHourly(wiring, log),
    deleteUnusedMediaHourly(wiring, log),
    forgetEndedSessionsHourly(wiring, log),
  ];
  closing.retention = () => {
    for (const end of retentions) end();
  };
  if (environment.worker === 'inside') {
    closing.relay = openRelaying(wiring, log);
    closing.importing = openImporting(wiring, log);
    closing.sending = openSending(wiring, log);
    closing.reconciling = openReconciling(wiring, log);
    closing.expiring = openExpiring(wiring, log);
  }
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
