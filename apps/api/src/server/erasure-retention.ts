import { systemContext } from '@kastoma/application/core';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { describeFailure, type Log } from './log.ts';

const HOUR_MILLISECONDS = 60 * 60 * 1_000;

/** Forgets now and every hour what was still to be kept for a while of people who were erased. Returns how to end it. */
export function forgetErasedHourly(wiring: Wiring, log: Log): () => void {
  const forgetErasedCustomers = wiring.get(TOKENS.forgetErasedCustomers);
  const tell = (error: unknown) => {
    log('warning', 'Erased customers could not be forgotten', describeFailure(error));
  };
  const forget = () => {
    forgetErasedCustomers
      .execute(systemContext('erasure-retention'))
      .match(() => undefined, tell)
      .catch(tell);
  };
  forget();
  const timer = setInterval(forget, HOUR_MILLISECONDS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
