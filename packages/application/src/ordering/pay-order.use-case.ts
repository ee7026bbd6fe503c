import { err, ok, safeTry, type Result } from 'neverthrow';

import type { OrderId, UserId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { runWithIntent } from '../core/run-with-intent.ts';
import type { PayableOrder } from './order-repository.port.ts';
import type { OrderingUnitOfWork } from './ordering.unit-of-work.ts';
import type { PaymentExecution } from './payment-execution.port.ts';

export type PayOrderCommand = {
  readonly orderId: OrderId;
  /** Null: anybody's, for whoever has shown the order's token. */
  readonly customerId: UserId | null;
  readonly method: string;
  /** What is paid with, by the provider's name for it. */
  readonly token: string | null;
};

/** Nobody pays for an order that will not come. */
export type OrderNotPayable = {
  readonly code: 'ordering.order_not_payable';
  readonly status: string;
};

type Dependencies = {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly execution: PaymentExecution;
  readonly clock: Clock;
};

/** Pays for an order of one's own: again after a refusal, or in another way than was said at first. */
export class PayOrder {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: PayOrderCommand, context: CallContext) {
    const { unitOfWork, execution, clock } = this.#dependencies;
    const { orderId, customerId, method, token } = command;
    return runWithIntent(
      unitOfWork,
      context,
      ({ orders, payments }) =>
        safeTry(async function* () {
          const order = yield* orders.holdForPayment(orderId, customerId);
          yield* requirePayable(order);
          const wish = { orderId, method, token, amount: order.total, at: clock.now() };
          const { payment, operationId } = yield* payments.requestAgain(wish);
          return ok({ value: payment, intent: operationId });
        }),
      {
        conclude: (operationId) =>
          execution.execute(operationId, context).map(({ payment }) => payment),
        isUnderWay: () => true,
      },
    );
  }
}

function requirePayable({ status }: PayableOrder): Result<void, OrderNotPayable> {
  return status === 'cancelled' ? err({ code: 'ordering.order_not_payable', status }) : ok();
}
