import { ok, safeTry } from 'neverthrow';

import type { OrderId, ReturnId, UserId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { exchangeStatusOf } from './exchange-standing.ts';
import type { OrderingUnitOfWork } from './ordering.unit-of-work.ts';
import { viewReturn } from './return-view.ts';

export type CancelReturnCommand = {
  readonly orderId: OrderId;
  readonly returnId: ReturnId;
  /** Null: of anybody's order, for staff. */
  readonly customerId: UserId | null;
};

type Dependencies = { readonly unitOfWork: OrderingUnitOfWork; readonly clock: Clock };

/** Takes the word back that units will come. */
export class CancelReturn {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ orderId, returnId, customerId }: CancelReturnCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ orders, returns }) =>
      safeTry(async function* () {
        yield* orders.hold(orderId, customerId);
        const announced = yield* returns.find(returnId, orderId);
        const exchange = yield* exchangeStatusOf(orders, announced);
        const cancelled = yield* announced.cancel(clock.now(), exchange);
        yield* returns.save(cancelled);
        return ok(viewReturn(cancelled));
      }),
    );
  }
}
