import { ResultAsync } from 'neverthrow';

import type { OrderNote, OrderNotes } from '@kastoma/application/ordering';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';

export class PostgresOrderNotes implements OrderNotes {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  add({ id, orderId, author, text, internal, at }: OrderNote): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#sql`
      insert into ordering.order_notes (id, order_id, author, text, internal, written_at)
      values (${id}, ${orderId}, ${author}, ${text}, ${internal}, ${toTimestamp(at)})
    `).map(() => undefined);
  }
}
