import { err, errAsync, ok, okAsync, ResultAsync } from 'neverthrow';

import { viewReturn, type ReturnQueries, type ReturnView } from '@kastoma/application/ordering';
import type { OrderId, ReturnId, UserId } from '@kastoma/domain/core';
import type { OrderNotFound, ReturnNotFound } from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import { readReturns } from './return-rows.ts';

export class PostgresReturnQueries implements ReturnQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  find(
    id: ReturnId,
    orderId: OrderId,
    customerId: UserId | null,
  ): ResultAsync<ReturnView, ReturnNotFound | OrderNotFound> {
    return this.#read(orderId, customerId, id).andThen(
      ([found]): ResultAsync<ReturnView, ReturnNotFound> =>
        found === undefined ? errAsync({ code: 'ordering.return_not_found' }) : okAsync(found),
    );
  }

  ofOrder(
    orderId: OrderId,
    customerId: UserId | null,
  ): ResultAsync<readonly ReturnView[], OrderNotFound> {
    return this.#read(orderId, customerId, null);
  }

  #read(
    orderId: OrderId,
    customerId: UserId | null,
    id: ReturnId | null,
  ): ResultAsync<readonly ReturnView[], OrderNotFound> {
    const sql = this.#sql;
    const owned = customerId === null ? sql`` : sql`and customer_id = ${customerId}`;
    const order = sql`select from ordering.orders where id = ${orderId} ${owned}`;
    return ResultAsync.fromSafePromise(order)
      .andThen(({ count }) =>
        count === 0 ? err({ code: 'ordering.order_not_found' as const }) : ok(),
      )
      .andThen(() => ResultAsync.fromSafePromise(readReturns(sql, orderId, id)))
      .map((returns) => returns.map(viewReturn));
  }
}
