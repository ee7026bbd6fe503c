import { err, ok, ResultAsync } from 'neverthrow';
import type postgres from 'postgres';

import type { ConcurrentUpdate } from '@kastoma/application/core';
import { historyOf, type OrderRepository, type PayableOrder } from '@kastoma/application/ordering';
import {
  defect,
  type Actor,
  type Currency,
  type Instant,
  type OrderId,
  type UserId,
} from '@kastoma/domain/core';
import {
  orderNumberOf,
  type Order,
  type OrderNotFound,
  type OrderNumber,
} from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import type { LastWrites } from '../core/last-writes.ts';
import { restoreMoney } from '../core/money.ts';
import type { Outbox } from '../core/outbox.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { insertFulfilments } from './fulfilment.columns.ts';
import { newItemRows, newOrderRow } from './new-order.columns.ts';
import { orderColumns, readItems, toOrder, type OrderRow } from './order-rows.ts';
import { insertRefunds } from './refund.columns.ts';

export class PostgresOrderRepository implements OrderRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;
  readonly #actor: Actor;
  readonly #last: LastWrites;

  /** A new order is written when the work ends: that somebody else made one of its cart is noticed then. */
  constructor(sql: Queryable, outbox: Outbox, actor: Actor, last: LastWrites) {
    this.#sql = sql;
    this.#outbox = outbox;
    this.#actor = actor;
    this.#last = last;
  }

  nextNumber(placedAt: Instant): ResultAsync<OrderNumber, never> {
    return ResultAsync.fromSafePromise(this.#sql<{ sequence: bigint }[]>`
      select nextval('ordering.order_number') as sequence
    `).map(([row]) =>
      orderNumberOf(row?.sequence ?? defect('The sequence gave no number.'), placedAt),
    );
  }

  add(order: Order): ResultAsync<void, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#insert(order));
  }

  holdForPayment(id: OrderId, customerId: UserId | null): ResultAsync<PayableOrder, OrderNotFound> {
    type Row = { status: string; total: bigint; currency: Currency };
    const sql = this.#sql;
    const owned = customerId === null ? sql`` : sql`and customer_id = ${customerId}`;
    const held = sql<Row[]>`
      select status, total, currency
      from ordering.orders
      where id = ${id} ${owned}
      for no key update
    `;
    return ResultAsync.fromSafePromise(held).andThen(([row]) =>
      row === undefined
        ? err({ code: 'ordering.order_not_found' as const })
        : ok({ status: row.status, total: restoreMoney(row.total, row.currency) }),
    );
  }

  hold(id: OrderId, customerId: UserId | null): ResultAsync<Order, OrderNotFound> {
    const sql = this.#sql;
    const owned = customerId === null ? sql`` : sql`and customer_id = ${customerId}`;
    return this.#hold(sql`where id = ${id} ${owned} for no key update`);
  }

  holdIfFree(id: OrderId): ResultAsync<Order, OrderNotFound> {
    return this.#hold(this.#sql`where id = ${id} for no key update skip locked`);
  }

  save(order: Order): ResultAsync<void, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#update(order)).andThen((updated) =>
      updated ? ok() : err({ code: 'core.concurrent_update' as const }),
    );
  }

  /** A statement sees what stood when it began, also when it waited: so it is locked first, and read then. */
  #hold(clause: postgres.Fragment): ResultAsync<Order, OrderNotFound> {
    return ResultAsync.fromSafePromise(this.#heldBy(clause)).andThen((order) =>
      order === null ? err({ code: 'ordering.order_not_found' as const }) : ok(order),
    );
  }

  async #heldBy(clause: postgres.Fragment): Promise<Order | null> {
    await this.#last.sendBefore('ordering.orders');
    const [row] = await this.#sql<{ id: OrderId }[]>`select id from ordering.orders ${clause}`;
    return row === undefined ? null : this.#read(row.id);
  }

  async #read(id: OrderId): Promise<Order> {
    const [row] = await this.#sql<OrderRow[]>`
      select ${orderColumns(this.#sql)} from ordering.orders where id = ${id}
    `;
    const items = await readItems(this.#sql, [id]);
    return toOrder(row ?? defect(`The order ${id} is held and is not there.`), items);
  }

  async #update(order: Order): Promise<boolean> {
    const { state, version, pending } = order;
    const { status } = state;
    await this.#last.sendBefore('ordering.orders');
    const updated = await this.#sql`
      update ordering.orders
      set
        status = ${status.name},
        status_since = ${status.name === 'pending' ? null : toTimestamp(status.at)},
        cancel_reason = ${status.name === 'cancelled' ? status.reason : null},
        version = ${version}
      where id = ${state.id} and version = ${version - pending.length}
    `;
    if (updated.count === 0) return false;
    await insertFulfilments(this.#sql, state.id, newFulfilmentsOf(order));
    await insertRefunds(this.#sql, state.id, newRefundsOf(order));
    await this.#insertHistory(order);
    await this.#outbox.record(pending);
    return true;
  }

  async #insertHistory({ pending }: Order): Promise<void> {
    const rows = historyOf(pending, this.#actor).map((entry) => ({
      order_id: entry.orderId,
      version: entry.version,
      type: entry.type,
      actor: entry.actor,
      occurred_at: toTimestamp(entry.at),
      detail: this.#sql.json(entry.detail),
    }));
    if (rows.length > 0) await this.#sql`insert into ordering.order_history ${this.#sql(rows)}`;
  }

  async #insert(order: Order): Promise<void> {
    this.#last.insert('ordering.orders', [newOrderRow(order)]);
    this.#last.insert('ordering.order_items', newItemRows(order));
    await this.#outbox.record(order.pending);
  }
}

function newFulfilmentsOf({ state, pending }: Order) {
  const told = new Set(
    pending.flatMap((event) =>
      event.type === 'ordering.order_fulfilled' ? [event.payload.fulfilmentId] : [],
    ),
  );
  return state.fulfilments
    .map((fulfilment, position) => ({ position, fulfilment }))
    .filter(({ fulfilment }) => told.has(fulfilment.id));
}

function newRefundsOf({ state, pending }: Order) {
  const told = new Set(
    pending.flatMap((event) =>
      event.type === 'ordering.order_refunded' ? [event.payload.refundId] : [],
    ),
  );
  return state.refunds
    .map((refund, position) => ({ position, refund }))
    .filter(({ refund }) => told.has(refund.id));
}
