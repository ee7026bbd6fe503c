import { ResultAsync } from 'neverthrow';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { hourly } from './hourly.ts';
import { describeFailure, type Log } from './log.ts';

/** Ends now and every hour the carts that guests do not come back to. Returns how to end it. */
export function expireCartsHourly(wiring: Wiring, log: Log): () => void {
  const expireCarts = wiring.get(TOKENS.expireCarts);
  return hourly(
    () => ResultAsync.fromPromise(expireCarts.execute(), (error) => error),
    (error) => {
      log('warning', 'Carts that were left could not be ended', describeFailure(error));
    },
  );
}
