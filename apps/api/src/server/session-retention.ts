import { systemContext } from '@kastoma/application/core';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { hourly } from './hourly.ts';
import { describeFailure, type Log } from './log.ts';

/** Deletes now and every hour the sessions and mailed tokens that ended long ago. Returns how to end it. */
export function forgetEndedSessionsHourly(wiring: Wiring, log: Log): () => void {
  const forgetEndedSessions = wiring.get(TOKENS.forgetEndedSessions);
  return hourly(
    () => forgetEndedSessions.execute(systemContext('session-retention')),
    (error) => {
      log('warning', 'Ended sessions could not be forgotten', describeFailure(error));
    },
  );
}
