import type { Environment } from '../config/environment.ts';
import { closeAll, type Closing } from './closing.ts';
import { openPool, prepareDatabase } from './connections.ts';
import { openExpiring } from './expiring.ts';
import { openImporting } from './importing.ts';
import type { Log } from './log.ts';
import { openReconciling } from './reconciling.ts';
import { openRelaying } from './relaying.ts';
import { openSending } from './sending-webhooks.ts';
import { StartRefused, StartStopped } from './start-refused.ts';
import { wireShop } from './wired-shop.ts';

export type Worker = {
  /** Lets what is under way end, then the connections. Harmless twice. */
  stop(): Promise<void>;
};

/** Relays events in a process of its own, beside those that serve requests. Starts everything, or nothing. */
export async function startWorker(
  environment: Environment,
  log: Log,
  stop?: AbortSignal,
): Promise<Worker> {
  const closing: Closing = {};
  try {
    await open(environment, log, closing, stop);
  } catch (error) {
    await closeAll(closing);
    if (stop?.aborted === true) throw new StartStopped('', { cause: error });
    throw error;
  }
  let stopping: Promise<void> | null = null;
  return {
    stop: () => {
      stopping ??= closeAll(closing);
      return stopping;
    },
  };
}

async function open(
  environment: Environment,
  log: Log,
  closing: Closing,
  stop: AbortSignal | undefined,
): Promise<void> {
  const { databaseUrl, host, port } = environment;
  if (databaseUrl === null) {
    throw new StartRefused(
      'DATABASE_URL: a worker wants the one of the shop; the embedded database has one owner.',
    );
  }
  const { thing: database, close } = openPool(databaseUrl);
  closing.database = close;
  await prepareDatabase(database, environment, stop);
  const circumstances = {
    database,
    url: `http://${host}:${port}`,
    isShuttingDown: () => stop?.aborted ?? false,
  };
  const wiring = await wireShop(environment, circumstances, log, closing);
  stop?.throwIfAborted();
  closing.relay = openRelaying(wiring, log);
  closing.importing = openImporting(wiring, log);
  closing.sending = openSending(wiring, log);
  closing.reconciling = openReconciling(wiring, log);
  closing.expiring = openExpiring(wiring, log);
}
