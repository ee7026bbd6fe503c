import { err, ok, ResultAsync } from 'neverthrow';
import type postgres from 'postgres';

import type { Page, PageRequest } from '@kastoma/application/core';
import {
  nameFor,
  type HistoryDetail,
  type OrderHistoryView,
  type OrderNote,
  type OrderReader,
  type OrderRecords,
} from '@kastoma/application/ordering';
import type { OrderId } from '@kastoma/domain/core';
import type { OrderNotFound } from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { fromTimestamp } from '../core/timestamp.ts';

type HistoryRow = {
  version: number;
  type: string;
  actor: string;
  occurred_at: Date;
  reason: string | null;
  detail: HistoryDetail;
};

type NoteRow = {
  id: string;
  order_id: OrderId;
  author: string;
  text: string;
  internal: boolean;
  written_at: Date;
};

/** What is kept beside an order, as its reader may see it. */
export class PostgresOrderRecords implements OrderRecords {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  history(
    id: OrderId,
    reader: OrderReader,
    page: PageRequest,
  ): ResultAsync<Page<OrderHistoryView>, OrderNotFound> {
    const entries = this.#sql`from (${this.#entriesOf(id)}) entries`;
    const read = (part: postgres.Fragment) => this.#sql<HistoryRow[]>`
      select version, type, actor, occurred_at, reason, detail
      ${entries}
      order by version
      ${part}
    `;
    return this.#pageOf(id, reader, page, { counted: entries, read }).map((found) => ({
      ...found,
      items: found.items.map(({ occurred_at, ...row }) => ({
        ...row,
        actor: nameFor(reader, row.actor),
        at: fromTimestamp(occurred_at),
      })),
    }));
  }

  notes(
    id: OrderId,
    reader: OrderReader,
    page: PageRequest,
  ): ResultAsync<Page<OrderNote>, OrderNotFound> {
    const sql = this.#sql;
    const shown = reader.isStaff ? sql`` : sql`and not internal`;
    const notes = sql`from ordering.order_notes where order_id = ${id} ${shown}`;
    const read = (part: postgres.Fragment) => sql<NoteRow[]>`
      select id, order_id, author, text, internal, written_at
      ${notes}
      order by written_at, id
      ${part}
    `;
    return this.#pageOf(id, reader, page, { counted: notes, read }).map((found) => ({
      ...found,
      items: found.items.map(({ order_id: orderId, written_at, ...row }) => ({
        ...row,
        orderId,
        author: nameFor(reader, row.author),
        at: fromTimestamp(written_at),
      })),
    }));
  }

  /** That an order was placed stands in itself; each other change in a row of its own. */
  #entriesOf(id: OrderId): postgres.Fragment {
    return this.#sql`
      select
        1 as version, 'ordering.order_placed' as type, coalesce('user:' || customer_id, 'guest') as actor,
        placed_at as occurred_at, null as reason, '{}'::jsonb as detail
      from ordering.orders
      where id = ${id}
      union all
      select
        history.version, history.type, history.actor, history.occurred_at,
        case history.type when 'ordering.order_cancelled' then placed.cancel_reason end, history.detail
      from ordering.order_history history
      join ordering.orders placed on placed.id = history.order_id
      where history.order_id = ${id}
    `;
  }

  #pageOf<Row>(
    id: OrderId,
    { customerId }: OrderReader,
    { page, pageSize }: PageRequest,
    how: {
      readonly counted: postgres.Fragment;
      readonly read: (part: postgres.Fragment) => PromiseLike<readonly Row[]>;
    },
  ): ResultAsync<Page<Row>, OrderNotFound> {
    const sql = this.#sql;
    const owned = customerId === null ? sql`` : sql`and customer_id = ${customerId}`;
    const found = sql`select from ordering.orders where id = ${id} ${owned}`;
    return ResultAsync.fromSafePromise(found)
      .andThen(({ count }) =>
        count === 0 ? err({ code: 'ordering.order_not_found' as const }) : ok(),
      )
      .andThen(() => {
        const part = sql`limit ${pageSize} offset ${(page - 1) * pageSize}`;
        const both = Promise.all([how.read(part), countUpTo(sql, how.counted)]);
        return ResultAsync.fromSafePromise(both);
      })
      .map(([rows, counted]) => pageOf(rows, counted));
  }
}
