import type { OverdueOrders } from '@kastoma/application/ordering';
import type { Instant, OrderId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';

/** Orders that wait for money, with how their payments stand. */
export class PostgresOverdueOrders implements OverdueOrders {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async unpaidSince(since: Instant, limit: number): Promise<readonly OrderId[]> {
    const rows = await this.#sql<{ id: OrderId }[]>`${unpaidOrders(this.#sql, since, limit)}`;
    return rows.map(({ id }) => id);
  }
}

/** Read from an index that holds just those that wait. */
export function unpaidOrders(sql: Queryable, since: Instant, limit: number) {
  return sql`
    select id
    from ordering.orders
    where status = 'pending'
      and payment_method <> 'manual'
      and placed_at <= ${toTimestamp(since)}
      and not exists (
        select from payments.payments
        where payments.order_id = orders.id
          and payments.abandoned_at is null
          and (payments.method = 'manual' or payments.created_at > ${toTimestamp(since)})
      )
    order by placed_at, id
    limit ${limit}
  `;
}
