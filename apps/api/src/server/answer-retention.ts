import { ResultAsync } from 'neverthrow';

import { forgetOldAnswers, type Database } from '@kastoma/adapters-postgres';
import type { Clock } from '@kastoma/application/core';

import { hourly } from './hourly.ts';
import { describeFailure, type Log } from './log.ts';

/** Forgets now and every hour what was answered under an idempotency key more than a day ago. Returns how to end it. */
export function forgetAnswersHourly(database: Database, clock: Clock, log: Log): () => void {
  return hourly(
    () => ResultAsync.fromPromise(forgetOldAnswers(database, clock.now()), (error) => error),
    (error) => {
      log('warning', 'Old idempotent answers could not be forgotten', describeFailure(error));
    },
  );
}
