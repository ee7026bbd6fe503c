import { ok, safeTry } from 'neverthrow';

import type { OrderId, ReturnId, UserId } from '@kastoma/domain/core';
import { Return, returnableUnits, type SelectedUnits } from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { OrderingUnitOfWork } from './ordering.unit-of-work.ts';
import { viewReturn } from './return-view.ts';

export type RequestReturnCommand = {
  readonly orderId: OrderId;
  /** Null: of anybody's order, for staff. */
  readonly customerId: UserId | null;
  readonly lines: readonly SelectedUnits[];
  readonly reason: string;
};

type Dependencies = {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Announces that units which have left will come back. */
export class RequestReturn {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ orderId, customerId, lines, reason }: RequestReturnCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ orders, returns }) =>
      safeTry(async function* () {
        const order = yield* orders.hold(orderId, customerId);
        const others = yield* returns.ofOrder(orderId);
        const returnable = returnableUnits(
          order.state,
          others.map(({ state }) => state),
        );
        const id = ids.next<ReturnId>();
        const announced = yield* Return.request(
          { id, orderId, lines, reason, at: clock.now() },
          returnable,
        );
        yield* returns.add(announced);
        return ok(viewReturn(announced));
      }),
    );
  }
}
