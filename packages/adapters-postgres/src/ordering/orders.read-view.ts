import { err, ok, ResultAsync } from 'neverthrow';
import type postgres from 'postgres';

import {
  feedOf,
  type Feed,
  type FeedRequest,
  type Page,
  type PageRequest,
} from '@kastoma/application/core';
import {
  EVERY_ORDER,
  placeOfOrder,
  type OrderFilter,
  type OrderPlace,
  type OrderQueries,
  type OrderView,
} from '@kastoma/application/ordering';
import type { OrderId, UserId } from '@kastoma/domain/core';
import type { OrderNotFound } from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { behind, inOrderOf, ordersMatching } from './order-matching.read-view.ts';
import {
  orderColumns,
  readItems,
  toOrderView,
  type OrderRow,
  type PaymentRow,
} from './order-rows.ts';

/** Orders with their items and payments, as they are shown. */
export class PostgresOrderQueries implements OrderQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  find(id: OrderId, customerId: UserId | null): ResultAsync<OrderView, OrderNotFound> {
    const sql = this.#sql;
    const found = this.#read(sql`where id = ${id} ${this.#ofCustomer(customerId)}`);
    return ResultAsync.fromSafePromise(found).andThen(([order]) =>
      order === undefined ? err({ code: 'ordering.order_not_found' as const }) : ok(order),
    );
  }

  async list(
    customerId: UserId | null,
    page: PageRequest,
    filter: OrderFilter = EVERY_ORDER,
  ): Promise<Page<OrderView>> {
    const sql = this.#sql;
    const matching = ordersMatching(sql, customerId, filter);
    const [orders, counted] = await Promise.all([
      this.#read(sql`
        ${matching}
        ${inOrderOf(sql, filter.ordering)}
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `),
      countUpTo(sql, sql`from ordering.orders ${matching}`),
    ]);
    return pageOf(orders, counted);
  }

  async feed(
    customerId: UserId | null,
    { after, pageSize }: FeedRequest<OrderPlace>,
    filter: OrderFilter = EVERY_ORDER,
  ): Promise<Feed<OrderView, OrderPlace>> {
    const sql = this.#sql;
    const orders = await this.#read(sql`
      ${ordersMatching(sql, customerId, filter)}
      ${after === null ? sql`` : sql`and ${behind(sql, after)}`}
      ${inOrderOf(sql, filter.ordering)}
      limit ${pageSize + 1}
    `);
    return feedOf(orders, pageSize, (order) => placeOfOrder(order, filter.ordering));
  }

  async firstOrders(
    customerIds: readonly UserId[],
    guestEmails: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const rows = await this.#sql<{ id: string }[]>`
      (
        select distinct on (customer_id) id
        from ordering.orders
        where customer_id = any(${[...customerIds]}::uuid[]) and status <> 'cancelled'
        order by customer_id, placed_at, id
      )
      union all
      (
        select distinct on (email) id
        from ordering.orders
        where customer_id is null and email = any(${[...guestEmails]}) and status <> 'cancelled'
        order by email, placed_at, id
      )
    `;
    return new Set(rows.map(({ id }) => id));
  }

  #ofCustomer(customerId: UserId | null) {
    return customerId === null ? this.#sql`` : this.#sql`and customer_id = ${customerId}`;
  }

  async #read(clause: postgres.Fragment): Promise<readonly OrderView[]> {
    const orders = await this.#sql<OrderRow[]>`
      select ${orderColumns(this.#sql)}
      from ordering.orders
      ${clause}
    `;
    if (orders.length === 0) return [];
    const orderIds = orders.map(({ id }) => id);
    const [items, payments] = await Promise.all([
      readItems(this.#sql, orderIds),
      this.#sql<PaymentRow[]>`
        select
          id, order_id, method, status, amount, captured, refunded, reference, decline_reason, created_at
        from payments.payments
        where order_id = any(${orderIds}::uuid[])
        order by created_at, id
      `,
    ]);
    return orders.map((order) =>
      toOrderView(
        order,
        items.filter((item) => item.order_id === order.id),
        payments.filter((payment) => payment.order_id === order.id),
      ),
    );
  }
}
