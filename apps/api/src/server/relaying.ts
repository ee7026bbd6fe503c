import { ResultAsync } from 'neverthrow';

import type { HealthCheck } from '@kastoma/adapters-http';
import type { RelayOutbox } from '@kastoma/application/core';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { hourly } from './hourly.ts';
import { describeFailure, type Log } from './log.ts';
import { startRelay } from './outbox-relay.ts';

const LONGEST_LAG_SECONDS = 300;

/** Relays events, and forgets old ones every hour. Returns how to end it. */
export function openRelaying(wiring: Wiring, log: Log): () => Promise<void> {
  const forgetToldEvents = wiring.get(TOKENS.forgetToldEvents);
  const stopForgetting = hourly(
    () => ResultAsync.fromPromise(forgetToldEvents.execute(), (error) => error),
    (error) => {
      log('warning', 'Old events could not be forgotten', describeFailure(error));
    },
  );
  const stopRelay = startRelay(wiring.get(TOKENS.relayOutbox), log);
  return async () => {
    stopForgetting();
    await stopRelay();
  };
}

/** Events may be late for a while; five minutes are worth a look. Those in quarantine are counted. */
export function relayHealth(relayOf: () => Pick<RelayOutbox, 'standing'>): HealthCheck {
  return {
    name: 'outbox',
    optional: true,
    check: async () => {
      const { lagSeconds } = await relayOf().standing();
      if (lagSeconds > LONGEST_LAG_SECONDS) throw new Error('Events are late.');
    },
    facts: async () => {
      const { lagSeconds, quarantined } = await relayOf().standing();
      return { lag_seconds: Math.round(lagSeconds), quarantined };
    },
  };
}
