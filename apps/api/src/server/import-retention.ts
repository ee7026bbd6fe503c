import { ResultAsync } from 'neverthrow';

import { forgetOldImports, type Database } from '@kastoma/adapters-postgres';
import type { Clock } from '@kastoma/application/core';

import { hourly } from './hourly.ts';
import { describeFailure, type Log } from './log.ts';

/** Forgets now and every hour the imports that ended more than thirty days ago, with their reports. Returns how to end it. */
export function forgetImportsHourly(database: Database, clock: Clock, log: Log): () => void {
  return hourly(
    () => ResultAsync.fromPromise(forgetOldImports(database, clock.now()), (error) => error),
    (error) => {
      log('warning', 'Old imports could not be forgotten', describeFailure(error));
    },
  );
}
