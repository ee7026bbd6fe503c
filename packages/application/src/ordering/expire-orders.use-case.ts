import { ok, safeTry } from 'neverthrow';

import type { Instant, OrderId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { callOff, EXPIRED } from './call-off-order.ts';
import type { OrderingTx, OrderingUnitOfWork } from './ordering.unit-of-work.ts';
import type { OverdueOrders } from './overdue-orders.port.ts';
import { isOverdue, isSecured } from './payment-standing.ts';

const AT_ONCE = 20;

/** For how long an order waits for a provider's yes, and holds units and uses meanwhile. */
export type PaymentDeadline = { readonly milliseconds: number };

/** How one order that seemed overdue went: another process may have it, or it may have been paid after all. */
export type OverdueOrder = {
  readonly id: OrderId;
  readonly outcome: 'expired' | 'confirmed' | 'left' | 'failed';
  readonly error?: unknown;
};

type Dependencies = {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly overdueOrders: OverdueOrders;
  readonly clock: Clock;
  readonly paymentDeadline: PaymentDeadline;
};

/**
 * Calls off what nobody has paid for in time. Any number of processes may do so at once, and each may die at any point:
 * an order is held while it is decided, and one that somebody else holds is left alone.
 */
export class ExpireOrders {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** One round: some of the oldest, each in a transaction of its own. */
  async execute(context: CallContext): Promise<readonly OverdueOrder[]> {
    const { overdueOrders, clock, paymentDeadline } = this.#dependencies;
    const since = (clock.now() - paymentDeadline.milliseconds) as Instant;
    const seen: OverdueOrder[] = [];
    for (const id of await overdueOrders.unpaidSince(since, AT_ONCE))
      seen.push(await this.#decide(id, since, context));
    return seen;
  }

  async #decide(id: OrderId, since: Instant, context: CallContext): Promise<OverdueOrder> {
    const { unitOfWork, clock } = this.#dependencies;
    try {
      const run = await unitOfWork.run(context, (tx) => end(tx, id, since, clock.now()));
      return run.match(
        (outcome) => ({ id, outcome }),
        (error) => ({ id, outcome: 'failed', error }),
      );
    } catch (error) {
      // The others are not to wait for it; it is tried again in the next round.
      return { id, outcome: 'failed', error };
    }
  }
}

function end(tx: OrderingTx, id: OrderId, since: Instant, at: Instant) {
  return safeTry(async function* () {
    const held = await tx.orders.holdIfFree(id);
    if (held.isErr() || held.value.state.status.name !== 'pending') return ok('left' as const);
    const order = held.value;
    const payments = yield* tx.payments.standings(id);
    if (isSecured(payments)) {
      yield* tx.orders.save(yield* order.confirm(at));
      return ok('confirmed' as const);
    }
    if (!isOverdue(payments, since)) return ok('left' as const);
    yield* callOff(tx, order, EXPIRED, at);
    return ok('expired' as const);
  });
}
