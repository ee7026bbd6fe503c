import { ok, safeTry } from 'neverthrow';

import type { OrderId, RefundId } from '@kastoma/domain/core';
import type { RefundRequest } from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import { runWithIntent } from '../core/run-with-intent.ts';
import type { OrderingUnitOfWork } from './ordering.unit-of-work.ts';
import { payOut, refundHeldOrder, type PayingOut } from './refund-of-order.ts';

export type RefundOrderCommand = RefundRequest & {
  readonly orderId: OrderId;
  readonly reason: string;
};

type Dependencies = PayingOut & {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Pays back what was paid for units, an amount, or shipping: never more than came in. */
export class RefundOrder {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ orderId, reason, ...request }: RefundOrderCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    return runWithIntent(
      unitOfWork,
      context,
      (tx) =>
        safeTry(async function* () {
          const order = yield* tx.orders.hold(orderId, null);
          const note = { id: ids.next<RefundId>(), reason, at: clock.now() };
          const { refund, intent } = yield* refundHeldOrder(tx, order, request, note);
          return ok({ value: refund, intent });
        }),
      {
        conclude: (operationId) => payOut(this.#dependencies, operationId, context),
        isUnderWay: () => true,
      },
    );
  }
}
