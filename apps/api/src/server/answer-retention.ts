import { forgetOldAnswers, type Database } from '@kastoma/adapters-postgres';
import type { Clock } from '@kastoma/application/core';

import { describeFailure, type Log } from './log.ts';

const HOUR_MILLISECONDS = 60 * 60 * 1_000;

/** Forgets now and every hour what was answered under an idempotency key more than a day ago. Returns how to end it. */
export function forgetAnswersHourly(database: Database, clock: Clock, log: Log): () => void {
  const forget = () => {
    forgetOldAnswers(database, clock.now()).catch((error: unknown) => {
      log('warning', 'Old idempotent answers could not be forgotten', describeFailure(error));
    });
  };
  forget();
  const timer = setInterval(forget, HOUR_MILLISECONDS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
