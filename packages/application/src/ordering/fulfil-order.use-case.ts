import { ok, safeTry } from 'neverthrow';

import type { FulfilmentId, OrderId } from '@kastoma/domain/core';
import type { Fulfilment, SelectedUnits } from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import { viewOrder, type OrderView } from './order-view.ts';
import type { OrderingUnitOfWork } from './ordering.unit-of-work.ts';
import { sendOff } from './send-off-units.ts';

export type FulfilOrderCommand = {
  readonly orderId: OrderId;
  readonly lines: readonly SelectedUnits[];
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
};

/** A parcel that has left, and how its order stands now. */
export type FulfilledOrder = { readonly fulfilment: Fulfilment; readonly order: OrderView };

type Dependencies = {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Sends some units of an order off, and posts their sale; with the last of them the order is shipped. */
export class FulfilOrder {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute(command: FulfilOrderCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    const { orderId, lines, carrier, trackingNumber } = command;
    return unitOfWork.run(context, (tx) =>
      safeTry(async function* () {
        const found = yield* tx.orders.hold(orderId, null);
        const at = clock.now();
        const parcel = { id: ids.next<FulfilmentId>(), carrier, trackingNumber };
        const { order, fulfilment } = yield* sendOff(tx, found.fulfil(lines, parcel, at), at);
        const payments = yield* tx.payments.of(orderId);
        return ok<FulfilledOrder>({ fulfilment, order: viewOrder(order, payments) });
      }),
    );
  }
}
