import { ResultAsync } from 'neverthrow';

import type { OrderLookups } from '@kastoma/application/ordering';
import type { OrderId } from '@kastoma/domain/core';
import type { OrderLookupRequested } from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';

export class PostgresOrderLookups implements OrderLookups {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  find(number: string, email: string): ResultAsync<OrderId | null, never> {
    return ResultAsync.fromSafePromise(this.#sql<{ id: OrderId }[]>`
      select id from ordering.orders where number = ${number} and email = ${email} and customer_id is null
    `).map(([row]) => row?.id ?? null);
  }

  add(request: OrderLookupRequested): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#outbox.record([request]));
  }
}
