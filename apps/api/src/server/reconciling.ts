import { ResultAsync } from 'neverthrow';

import type { HealthCheck } from '@kastoma/adapters-http';
import { systemContext } from '@kastoma/application/core';
import type { ReconciledOperation, ReconcilePayments } from '@kastoma/application/payments';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { hourly } from './hourly.ts';
import { describeFailure, type Log } from './log.ts';

const ASK_AGAIN_MILLISECONDS = 1_000;
const LONGEST_FAREWELL_MILLISECONDS = 2_000;

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
  const stopReconciling = startReconciling(wiring.get(TOKENS.reconcilePayments), log);
  return async () => {
    stopForgetting();
    await stopReconciling();
  };
}

function startReconciling(
  reconcilePayments: Pick<ReconcilePayments, 'execute'>,
  log: Log,
): () => Promise<void> {
  let isCutOff = false;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const reportReach = (error: unknown) => {
    const isLost = error !== null;
    if (isLost === isCutOff) return;
    isCutOff = isLost;
    if (isLost) log('warning', 'Payments cannot be reconciled', describeFailure(error));
    else log('info', 'Payments are reconciled again');
  };
  const round = async (): Promise<void> => {
    try {
      const reports = await reconcilePayments.execute(systemContext('payments'));
      reportReach(null);
      for (const report of reports) tell(report, log);
    } catch (error) {
      reportReach(error);
    }
    if (isStopped) return;
    timer = setTimeout(() => {
      underWay = round();
    }, ASK_AGAIN_MILLISECONDS);
  };
  let underWay = round();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    const farewell = Promise.withResolvers<void>();
    const limit = setTimeout(farewell.resolve, LONGEST_FAREWELL_MILLISECONDS);
    await Promise.race([underWay, farewell.promise]);
    clearTimeout(limit);
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
