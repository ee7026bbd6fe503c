import { ok, okAsync, safeTry } from 'neverthrow';

import { defect, type OrderId, type RefundId, type ReturnId } from '@kastoma/domain/core';
import type { Order, ReceivedUnits, RefundRequest, Return } from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import { runWithIntent } from '../core/run-with-intent.ts';
import type { OrderingUnitOfWork } from './ordering.unit-of-work.ts';
import { payOut, refundHeldOrder, type PayingOut } from './refund-of-order.ts';
import type { ReturnQueries } from './return-queries.port.ts';
import { viewReturn } from './return-view.ts';

export type ReceiveReturnCommand = {
  readonly orderId: OrderId;
  readonly returnId: ReturnId;
  /** What came; what was announced and is left out did not come. */
  readonly lines: readonly ReceivedUnits[];
  /** What is paid back along with it: what came, unless it says otherwise; null where nothing is. */
  readonly refund: RefundRequest | null;
};

/** A refund keeps its reason for ever: that of the customer is not copied into it. */
const RECEIVED = 'Return received';

type Dependencies = PayingOut & {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly returnQueries: ReturnQueries;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Writes down what came back, puts it on the shelf where it is sold again, and pays back what is to be paid back: once. */
export class ReceiveReturn {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ orderId, returnId, lines, refund }: ReceiveReturnCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    return runWithIntent(
      unitOfWork,
      context,
      (tx) =>
        safeTry(async function* () {
          const order = yield* tx.orders.hold(orderId, null);
          const announced = yield* tx.returns.find(returnId, orderId);
          const at = clock.now();
          const refundId = refund === null ? null : ids.next<RefundId>();
          const received = yield* announced.receive(lines, refundId, at);
          const paid =
            refund === null || refundId === null
              ? null
              : yield* refundHeldOrder(tx, order, refundFor(refund, lines), {
                  id: refundId,
                  reason: RECEIVED,
                  at,
                  isForReturn: true,
                });
          yield* tx.returns.save(received);
          yield* tx.returnedStock.restock(returnId, unitsToRestock(order, received), at);
          return ok({ value: viewReturn(received), intent: paid?.intent ?? null });
        }),
      {
        conclude: (operationId) =>
          payOut(this.#dependencies, operationId, context).andThen(() =>
            this.#read(orderId, returnId),
          ),
        isUnderWay: () => true,
      },
    );
  }

  #read(orderId: OrderId, returnId: ReturnId) {
    return this.#dependencies.returnQueries
      .find(returnId, orderId, null)
      .andThen((view) => okAsync(view))
      .orElse(() => defect(`The return ${returnId} was received and is not there.`));
  }
}

function refundFor(asked: RefundRequest, came: readonly ReceivedUnits[]): RefundRequest {
  return asked.lines === undefined && asked.amount === undefined
    ? { ...asked, lines: came.map(({ itemId, quantity }) => ({ itemId, quantity })) }
    : asked;
}

function unitsToRestock({ state }: Order, received: Return) {
  const variants = new Map(state.items.map(({ id, variantId }) => [id, variantId]));
  return received.state.lines
    .filter(({ restock }) => restock)
    .map(({ itemId, received: quantity }) => ({
      variantId: variants.get(itemId) ?? defect(`The item ${itemId} is of another order.`),
      quantity,
    }));
}
