import type { Page, PageRequest } from '@kastoma/application/core';
import type { StuckOperation, StuckOperations } from '@kastoma/application/payments';
import type { Currency, RefundId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { restoreMoney } from '../core/money.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { fromTimestamp } from '../core/timestamp.ts';

type StuckRow = {
  id: string;
  payment_id: string;
  order_id: string;
  method: string;
  currency: Currency;
  kind: StuckOperation['kind'];
  amount: bigint;
  outcome: StuckOperation['outcome'];
  reason: string | null;
  refund_id: RefundId | null;
  requested_at: Date;
};

/** What a person has to look into, of all payments. */
export class PostgresStuckOperations implements StuckOperations {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async list({ page, pageSize }: PageRequest): Promise<Page<StuckOperation>> {
    const sql = this.#sql;
    const [rows, counted] = await Promise.all([
      sql<StuckRow[]>`
        select
          operation.id, operation.payment_id, payment.order_id, payment.method, payment.currency,
          operation.kind, operation.amount, operation.outcome,
          coalesce(operation.reason, operation.last_error) as reason,
          operation.refund_id, operation.requested_at
        ${this.#stuck()}
        order by operation.requested_at, operation.id
        limit ${pageSize}
        offset ${(page - 1) * pageSize}
      `,
      countUpTo(sql, this.#stuck()),
    ]);
    return pageOf(rows.map(toStuck), counted);
  }

  /** Each half is read by an index of its own: most operations went well long ago. */
  #stuck() {
    return this.#sql`
      from (
        select * from payments.operations where outcome = 'open' and next_attempt_at is null
        union all
        select * from payments.operations where outcome = 'declined' and kind in ('refund', 'void')
      ) operation
      join payments.payments payment on payment.id = operation.payment_id
      where operation.outcome = 'open'
        or operation.refund_id is not null and payment.abandoned_at is null
          and not exists (
            select from payments.operations other
            where other.refund_id = operation.refund_id and other.payment_id = operation.payment_id
              and (other.outcome <> 'declined' or other.position > operation.position)
          )
        or operation.refund_id is null and payment.give_back_at = 'infinity'
          and not exists (
            select from payments.operations other
            where other.payment_id = operation.payment_id and other.kind in ('refund', 'void')
              and other.refund_id is null and other.position > operation.position
          )
    `;
  }
}

function toStuck(row: StuckRow): StuckOperation {
  return {
    id: row.id,
    paymentId: row.payment_id,
    orderId: row.order_id,
    method: row.method,
    kind: row.kind,
    amount: restoreMoney(row.amount, row.currency),
    outcome: row.outcome,
    reason: row.reason,
    refundId: row.refund_id,
    requestedAt: fromTimestamp(row.requested_at),
  };
}
