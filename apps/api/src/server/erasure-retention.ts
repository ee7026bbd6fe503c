import { systemContext } from '@kastoma/application/core';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { hourly } from './hourly.ts';
import { describeFailure, type Log } from './log.ts';

/** Forgets now and every hour what was still to be kept for a while of people who were erased. Returns how to end it. */
export function forgetErasedHourly(wiring: Wiring, log: Log): () => void {
  const forgetErasedCustomers = wiring.get(TOKENS.forgetErasedCustomers);
  return hourly(
    () => forgetErasedCustomers.execute(systemContext('erasure-retention')),
    (error) => {
      log('warning', 'Erased customers could not be forgotten', describeFailure(error));
    },
  );
}
