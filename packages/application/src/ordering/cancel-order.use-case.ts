import { ok, safeTry } from 'neverthrow';

import type { OrderId, UserId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { callOff } from './call-off-order.ts';
import { viewOrder, withoutReferences } from './order-view.ts';
import type { OrderingUnitOfWork } from './ordering.unit-of-work.ts';

export type CancelOrderCommand = {
  readonly orderId: OrderId;
  /** Whose order it has to be; null for those who may cancel anybody's. */
  readonly customerId: UserId | null;
  /** In the words of whoever cancels; may be empty. */
  readonly reason: string;
};

type Dependencies = { readonly unitOfWork: OrderingUnitOfWork; readonly clock: Clock };

/** Calls an order off while no unit of it has left: all in one transaction, and once. */
export class CancelOrder {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ orderId, customerId, reason }: CancelOrderCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, (tx) =>
      safeTry(async function* () {
        const found = yield* tx.orders.hold(orderId, customerId);
        const { order, payments } = yield* callOff(tx, found, reason, clock.now());
        return ok(withoutReferences(viewOrder(order, payments)));
      }),
    );
  }
}
