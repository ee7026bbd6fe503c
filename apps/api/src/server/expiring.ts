import { systemContext } from '@kastoma/application/core';
import type { OverdueOrder } from '@kastoma/application/ordering';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { describeFailure, type Log } from './log.ts';
import { startRounds } from './rounds.ts';

const ASK_AGAIN_MILLISECONDS = 5_000;

/** Looks every five seconds for orders that nobody has paid for in time, and calls them off. Returns how to end it. */
export function openExpiring(wiring: Wiring, log: Log): () => Promise<void> {
  const expireOrders = wiring.get(TOKENS.expireOrders);
  return startRounds(
    {
      round: async () => {
        const seen = await expireOrders.execute(systemContext('expiry'));
        for (const order of seen) tell(order, log);
        return seen.some(({ outcome }) => outcome === 'expired' || outcome === 'confirmed');
      },
      pauseMilliseconds: ASK_AGAIN_MILLISECONDS,
      lost: 'Overdue orders cannot be looked for',
      found: 'Overdue orders are looked for again',
    },
    log,
  );
}

function tell({ id, outcome, error }: OverdueOrder, log: Log): void {
  if (outcome !== 'failed') return;
  log('error', 'An overdue order could not be called off', {
    order_id: id,
    ...describeFailure(error),
  });
}
