import { err, ok, safeTry } from 'neverthrow';

import type { FulfilmentId, Instant, OrderId } from '@kastoma/domain/core';
import {
  returnedUnits,
  type IllegalTransition,
  type Order,
  type OrderStatusName,
} from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { checkVersion, type ExpectedVersion } from '../core/expected-version.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import { callOff } from './call-off-order.ts';
import { viewOrder } from './order-view.ts';
import type { OrderingTx, OrderingUnitOfWork } from './ordering.unit-of-work.ts';
import { sendOff } from './send-off-units.ts';

export type ChangeOrderStatusCommand = {
  readonly orderId: OrderId;
  readonly status: OrderStatusName;
  readonly expectedVersion: ExpectedVersion;
};

type Dependencies = {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Moves an order on; to `shipped` it sends off all that is left. */
export class ChangeOrderStatus {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ orderId, status, expectedVersion }: ChangeOrderStatusCommand, context: CallContext) {
    const { unitOfWork, clock } = this.#dependencies;
    const moveOn = (tx: OrderingTx, order: Order, at: Instant) =>
      this.#moveOn(tx, order, status, at);
    return unitOfWork.run(context, (tx) =>
      safeTry(async function* () {
        const order = yield* tx.orders.hold(orderId, null);
        yield* checkVersion(order.version, expectedVersion);
        const moved = yield* moveOn(tx, order, clock.now());
        const payments = yield* tx.payments.of(orderId);
        const returns = yield* tx.returns.ofOrder(orderId);
        const back = returnedUnits(returns.map(({ state }) => state));
        return ok(viewOrder(moved, payments, back));
      }),
    );
  }

  #moveOn(tx: OrderingTx, order: Order, to: OrderStatusName, at: Instant) {
    const save = (next: Order) => tx.orders.save(next).map(() => next);
    switch (to) {
      case 'pending':
        return illegal(order, to).asyncAndThen(save);
      case 'confirmed':
        return order.confirm(at).asyncAndThen(save);
      case 'processing':
        return order.startProcessing(at).asyncAndThen(save);
      case 'shipped':
        return sendOff(tx, order.shipAll(this.#parcel(), at), at).map((sent) => sent.order);
      case 'delivered':
        return order.deliver(at).asyncAndThen(save);
      case 'cancelled':
        return callOff(tx, order, '', at).map((off) => off.order);
    }
  }

  #parcel() {
    const id = this.#dependencies.ids.next<FulfilmentId>();
    return { id, carrier: null, trackingNumber: null };
  }
}

/** No order becomes anew what each one begins as. */
function illegal({ state, legalNext }: Order, to: OrderStatusName) {
  return err<Order, IllegalTransition>({
    code: 'ordering.illegal_transition',
    from: state.status.name,
    to,
    legal: legalNext,
  });
}
