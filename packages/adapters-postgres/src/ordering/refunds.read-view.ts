import { err, ok, ResultAsync } from 'neverthrow';

import {
  viewRefund,
  type RefundPayout,
  type RefundQueries,
  type RefundView,
} from '@kastoma/application/ordering';
import type { Currency, OrderId, UserId } from '@kastoma/domain/core';
import type { OrderNotFound } from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import { restoreMoney } from '../core/money.ts';
import { refundsOf, toRefunds, type RefundColumn } from './refund.columns.ts';

type PayoutRow = {
  refund_id: string;
  operation_id: string;
  payment_id: string;
  amount: bigint;
  outcome: RefundPayout['outcome'];
  reason: string | null;
};

/** Refunds of orders, with how far the payments context has paid them out. */
export class PostgresRefundQueries implements RefundQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  ofOrder(
    orderId: OrderId,
    customerId: UserId | null,
  ): ResultAsync<readonly RefundView[], OrderNotFound> {
    return ResultAsync.fromSafePromise(this.#read(orderId, customerId)).andThen((refunds) =>
      refunds === null ? err({ code: 'ordering.order_not_found' as const }) : ok(refunds),
    );
  }

  async #read(orderId: OrderId, customerId: UserId | null): Promise<readonly RefundView[] | null> {
    const sql = this.#sql;
    const owned = customerId === null ? sql`` : sql`and customer_id = ${customerId}`;
    const [order] = await sql<{ currency: Currency; refunds: readonly RefundColumn[] }[]>`
      select currency, ${refundsOf(sql)} as refunds from ordering.orders where id = ${orderId} ${owned}
    `;
    if (order === undefined) return null;
    const refunds = toRefunds(order.refunds, order.currency);
    if (refunds.length === 0) return [];
    const payouts = await sql<PayoutRow[]>`
      select
        operation.refund_id, operation.id as operation_id, operation.payment_id, operation.amount,
        operation.outcome, operation.reason
      from payments.operations operation
      join payments.payments payment on payment.id = operation.payment_id
      where operation.refund_id = any(${refunds.map(({ id }) => id)}::uuid[])
      order by payment.created_at, payment.id, operation.position
    `;
    return refunds.map((refund) =>
      viewRefund(
        refund,
        payouts
          .filter((row) => row.refund_id === refund.id)
          .map((row) => toPayout(row, order.currency)),
      ),
    );
  }
}

function toPayout(row: PayoutRow, currency: Currency): RefundPayout {
  return {
    operationId: row.operation_id,
    paymentId: row.payment_id,
    amount: restoreMoney(row.amount, currency),
    outcome: row.outcome,
    declineReason: row.reason,
  };
}
