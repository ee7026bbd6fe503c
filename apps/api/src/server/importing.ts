import {
  giveUpSilentImports,
  isDatabaseUnavailable,
  noteFailedAttempt,
  type Database,
} from '@kastoma/adapters-postgres';
import type { ImportQueries, WorkOffImport } from '@kastoma/application/catalog';
import type { Clock } from '@kastoma/application/core';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { describeFailure, type Log } from './log.ts';

/** While the rows of one are written those of the other are read. */
const AT_ONCE = 2;
const ASK_AGAIN_MILLISECONDS = 500;
const GIVE_UP_EVERY_MILLISECONDS = 60_000;

type Parts = {
  readonly workOffImport: Pick<WorkOffImport, 'execute'>;
  readonly importQueries: Pick<ImportQueries, 'next'>;
  readonly database: Database;
  readonly clock: Clock;
};

export function openImporting(wiring: Wiring, log: Log): () => Promise<void> {
  const parts = {
    workOffImport: wiring.get(TOKENS.workOffImport),
    importQueries: wiring.get(TOKENS.importQueries),
    database: wiring.get(TOKENS.database),
    clock: wiring.get(TOKENS.clock),
  };
  return startImporting(parts, log);
}

/**
 * Works off imports until it is stopped, some rows at a time. What is under way when it is stopped ends first; what is
 * under way when it is killed is done by whoever comes next. Returns how to stop it.
 */
function startImporting(parts: Parts, log: Log): () => Promise<void> {
  const stop = new AbortController();
  const running = Array.from({ length: AT_ONCE }, () => run(parts, log, stop.signal));
  return async () => {
    stop.abort();
    await Promise.all(running);
  };
}

async function run(parts: Parts, log: Log, stop: AbortSignal): Promise<void> {
  let lookedAt = -Infinity;
  while (!stop.aborted) {
    if (performance.now() - lookedAt > GIVE_UP_EVERY_MILLISECONDS) {
      lookedAt = performance.now();
      await quietly(() => giveUpSilentImports(parts.database, parts.clock.now()), log);
    }
    const isMoreToDo = await workOff(parts, log);
    if (!isMoreToDo) await pauseUnless(stop);
  }
}

async function workOff({ workOffImport, importQueries, database, clock }: Parts, log: Log) {
  try {
    const done = await workOffImport.execute();
    return done.isOk() && (done.value === 'rows_done' || done.value === 'import_finished');
  } catch (error) {
    log('error', 'Rows of an import could not be worked off', describeFailure(error));
    if (isDatabaseUnavailable(error)) return false;
    await quietly(async () => {
      const next = await importQueries.next();
      if (next !== null) await noteFailedAttempt(database, next.id, clock.now());
    }, log);
    return false;
  }
}

async function quietly(work: () => Promise<void>, log: Log): Promise<void> {
  try {
    await work();
  } catch (error) {
    log('warning', 'Imports cannot be looked after', describeFailure(error));
  }
}

function pauseUnless(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      stop.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ASK_AGAIN_MILLISECONDS);
    stop.addEventListener('abort', over);
    if (stop.aborted) over();
  });
}
