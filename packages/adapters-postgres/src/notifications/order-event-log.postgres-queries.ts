import {
  publicEventOf,
  PUBLISHED_TYPES,
  type LoggedEvent,
  type LogPosition,
  type OrderEventLog,
} from '@kastoma/application/notifications';
import { defect } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp } from '../core/timestamp.ts';

type EventRow = {
  transaction: string;
  id: string;
  type: string;
  schema_version: number;
  aggregate_id: string;
  aggregate_version: number;
  occurred_at: Date;
  correlation_id: string;
  payload: object;
};

const BEFORE_ALL_IDS = '00000000-0000-0000-0000-000000000000';

/**
 * The outbox in the order of its transactions. Read up to the oldest one that still runs, it is
 * only added to: whatever commits later has a later transaction.
 */
export class PostgresOrderEventLog implements OrderEventLog {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async now(): Promise<LogPosition> {
    const [row] = await this.#sql<{ transaction: string }[]>`
      select pg_snapshot_xmin(pg_current_snapshot())::text as transaction
    `;
    const { transaction } = row ?? defect('A row without a table was not there.');
    return { transaction, eventId: BEFORE_ALL_IDS };
  }

  async last(): Promise<LogPosition | null> {
    const [row] = await this.#sql<Pick<EventRow, 'transaction' | 'id'>[]>`
      select transaction_id::text as transaction, id
      from core.outbox
      where ${this.#isSettled()}
      order by transaction_id desc, id desc
      limit 1
    `;
    return row === undefined ? null : { transaction: row.transaction, eventId: row.id };
  }

  async after(position: LogPosition, limit: number): Promise<readonly LoggedEvent[]> {
    const rows = await this.#sql<EventRow[]>`
      select
        transaction_id::text as transaction, id, type, schema_version, aggregate_id,
        aggregate_version, occurred_at, correlation_id, payload
      from core.outbox
      where ${this.#isSettled()}
        and (transaction_id, id) > (${position.transaction}::text::xid8, ${position.eventId}::uuid)
      order by transaction_id, id
      limit ${limit}
    `;
    return rows.flatMap(toLoggedEvent);
  }

  /** The first condition is that of the index. */
  #isSettled() {
    return this.#sql`
      (type like 'ordering.%' or type like 'payments.%')
      and type = any(${[...PUBLISHED_TYPES]}::text[])
      and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
    `;
  }
}

function toLoggedEvent(row: EventRow): readonly LoggedEvent[] {
  const told = {
    type: row.type,
    schemaVersion: row.schema_version,
    aggregateId: row.aggregate_id,
    aggregateVersion: row.aggregate_version,
    occurredAt: fromTimestamp(row.occurred_at),
    payload: row.payload,
  };
  const event = publicEventOf(told, row.id, row.correlation_id);
  const position = { transaction: row.transaction, eventId: row.id };
  return event === null ? [] : [{ position, event }];
}
