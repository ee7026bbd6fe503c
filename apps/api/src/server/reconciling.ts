import { ResultAsync } from 'neverthrow';

import type { HealthCheck } from '@kastoma/adapters-http';
import { systemContext } from '@kastoma/application/core';
import type { ReconciledOperation, ReconcilePayments } from '@kastoma/application/payments';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { hourly } from './hourly.ts';
import { describeFailure, type Log } from './log.ts';
import { startRounds } from './rounds.ts';

const ASK_AGAIN_MILLISECONDS = 1_000;

/**
 * Looks every second for what providers were asked and never answered, and for money that is to go back; and forgets
 * old events of providers every hour. Returns how to end it: what is under way gets two seconds, and is asked again
 * by whoever comes next when its lease ends.
 */
export function openReconciling(wiring: Wiring, log: Log): () => Promise<void> {
  const forgetProviderEvents = wiring.get(TOKENS.forgetProviderEvents);
  const stopForgetting = hourly(
    () => ResultAsync.fromPromise(forgetProviderEvents.execute(), (error) => error),
    (error) => {
      log(
        'warning',
        'Old events of payment providers could not be forgotten',
        describeFailure(error),
      );
    },
  );
  const reconcilePayments = wiring.get(TOKENS.reconcilePayments);
  const stopReconciling = startRounds(
    {
      round: async () => {
        for (const report of await reconcilePayments.execute(systemContext('payments')))
          tell(report, log);
        return false;
      },
      pauseMilliseconds: ASK_AGAIN_MILLISECONDS,
      lost: 'Payments cannot be reconciled',
      found: 'Payments are reconciled again',
    },
    log,
  );
  return async () => {
    stopForgetting();
    await stopReconciling();
  };
}

function tell({ outcome, error, ...operation }: ReconciledOperation, log: Log): void {
  if (outcome !== 'failed') return;
  log('error', 'What was asked of a payment provider failed', {
    operation_id: operation.id,
    payment_id: operation.paymentId,
    attempts: operation.attempts,
    ...describeFailure(error),
  });
}

/** Operations that were given up are for a person; they are counted. */
export function paymentsHealth(
  reconcileOf: () => Pick<ReconcilePayments, 'standing'>,
): HealthCheck {
  return {
    name: 'payments',
    optional: true,
    check: async () => {
      const { stuck } = await reconcileOf().standing();
      if (stuck > 0) throw new Error('Money is held that nobody moves.');
    },
    facts: async () => {
      const { oldestOpenSeconds, stuck } = await reconcileOf().standing();
      return { oldest_open_seconds: Math.round(oldestOpenSeconds), stuck };
    },
  };
}
