import { err, ok, ResultAsync } from 'neverthrow';

import type { ConcurrentUpdate } from '@kastoma/application/core';
import type { ReturnRepository } from '@kastoma/application/ordering';
import type { OrderId, ReturnId } from '@kastoma/domain/core';
import type { Return, ReturnNotFound } from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { readReturns } from './return-rows.ts';

export class PostgresReturnRepository implements ReturnRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  add(announced: Return): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#insert(announced));
  }

  save(changed: Return): ResultAsync<void, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#update(changed)).andThen((updated) =>
      updated ? ok() : err({ code: 'core.concurrent_update' as const }),
    );
  }

  find(id: ReturnId, orderId: OrderId): ResultAsync<Return, ReturnNotFound> {
    return ResultAsync.fromSafePromise(readReturns(this.#sql, orderId, id)).andThen(([found]) =>
      found === undefined ? err({ code: 'ordering.return_not_found' as const }) : ok(found),
    );
  }

  ofOrder(orderId: OrderId): ResultAsync<readonly Return[], never> {
    return ResultAsync.fromSafePromise(readReturns(this.#sql, orderId));
  }

  async #insert({ state, version, pending }: Return): Promise<void> {
    const sql = this.#sql;
    const row = {
      id: state.id,
      order_id: state.orderId,
      reason: state.reason,
      status: state.status.name,
      requested_at: toTimestamp(state.requestedAt),
      version,
    };
    const lines = state.lines.map(({ itemId, quantity }, position) => ({
      return_id: state.id,
      order_item_id: itemId,
      position,
      quantity,
    }));
    await sql`insert into ordering.returns ${sql(row)}`;
    await sql`insert into ordering.return_lines ${sql(lines)}`;
    await this.#outbox.record(pending);
  }

  async #update({ state, version, pending }: Return): Promise<boolean> {
    const sql = this.#sql;
    const { status } = state;
    const updated = await sql`
      update ordering.returns
      set
        status = ${status.name},
        ended_at = ${status.name === 'requested' ? null : toTimestamp(status.at)},
        refund_id = ${state.refundId},
        exchange_order_id = ${state.exchangeOrderId},
        version = ${version}
      where id = ${state.id} and version = ${version - pending.length}
    `;
    if (updated.count === 0) return false;
    await this.#updateLines(state);
    await this.#outbox.record(pending);
    return true;
  }

  async #updateLines({ id, lines }: Return['state']): Promise<void> {
    const sql = this.#sql;
    const came = lines.map(({ itemId, received, restock }) => ({
      item_id: itemId,
      received,
      restock,
    }));
    await sql`
      update ordering.return_lines line
      set received = came.received, restock = came.restock
      from jsonb_to_recordset(${sql.json(came)}) as came (
        item_id uuid, received integer, restock boolean
      )
      where line.return_id = ${id} and line.order_item_id = came.item_id
        and (line.received, line.restock) is distinct from (came.received, came.restock)
    `;
  }
}
