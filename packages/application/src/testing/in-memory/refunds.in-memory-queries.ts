import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { OrderId, UserId } from '@kastoma/domain/core';
import type { OrderNotFound } from '@kastoma/domain/ordering';

import { payoutsOf } from '../../ordering/acl/refund-payouts.ts';
import type { RefundQueries } from '../../ordering/refund-queries.port.ts';
import { viewRefund, type RefundView } from '../../ordering/refund-view.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryRefundQueries implements RefundQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  ofOrder(
    orderId: OrderId,
    customerId: UserId | null,
  ): ResultAsync<readonly RefundView[], OrderNotFound> {
    const { orders, payments } = this.#memory.tables;
    const order = orders.get(orderId);
    if (order === undefined || (customerId !== null && order.state.customerId !== customerId))
      return errAsync({ code: 'ordering.order_not_found' });
    const own = [...payments.values()].filter(({ state }) => state.orderId === orderId);
    return okAsync(
      order.state.refunds.map((refund) =>
        viewRefund(
          refund,
          own.flatMap((payment) => payoutsOf(payment, refund.id)),
        ),
      ),
    );
  }
}
