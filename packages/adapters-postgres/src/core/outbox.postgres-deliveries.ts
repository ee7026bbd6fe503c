import postgres from 'postgres';

import type {
  Audience,
  ClaimedDelivery,
  DeliveryKey,
  OutboxDeliveries,
  OutboxState,
  QuarantinedDelivery,
  QuarantineSelection,
} from '@kastoma/application/core';
import type { Instant } from '@kastoma/domain/core';

import type { Database, Queryable } from './database.ts';
import { fromTimestamp, toTimestamp } from './timestamp.ts';

type ClaimedRow = {
  event_id: string;
  consumer: string;
  attempts: number;
  type: string;
  schema_version: number;
  aggregate_id: string;
  aggregate_version: number;
  occurred_at: Date;
  correlation_id: string;
  payload: object;
};

type QuarantinedRow = {
  event_id: string;
  consumer: string;
  event_type: string;
  attempts: number;
  last_error: string;
  quarantined_at: Date;
};

/** Who looks for work lets the row be at once. */
const HELD_TOO_LONG = '2s';
const LOCK_NOT_AVAILABLE = '55P03';

export class PostgresOutboxDeliveries implements OutboxDeliveries {
  readonly #sql: Database;

  constructor(sql: Database) {
    this.#sql = sql;
  }

  async shareOut(known: readonly string[], audience: Audience, limit: number, now: Instant) {
    const at = toTimestamp(now);
    const { types, consumers } = columnsOf(audience);
    const taken = await this.#sql`
      with fresh as (
        select id, type, aggregate_id, aggregate_version
        from core.outbox
        where shared_out_at is null and type = any(${known as string[]})
        limit ${limit}
        for update skip locked
      ), delivered as (
        insert into core.deliveries
          (event_id, consumer, event_type, aggregate_id, aggregate_version, due_at)
        select id, consumer, fresh.type, aggregate_id, aggregate_version, ${at}::timestamptz
        from fresh
        join unnest(${types}::text[], ${consumers}::text[]) as listening (type, consumer)
          on listening.type = fresh.type
      )
      update core.outbox set shared_out_at = ${at} where id in (select id from fresh)
    `;
    return taken.count;
  }

  async claim(audience: Audience, limit: number, now: Instant, leaseEnds: Instant) {
    const sql = this.#sql;
    const { types, consumers } = columnsOf(audience);
    const rows = await sql<ClaimedRow[]>`
      with due as (
        select event_id, consumer
        from core.deliveries mine
        where handled_at is null and quarantined_at is null and due_at <= ${toTimestamp(now)}
          and (event_type, consumer) in (
            select * from unnest(${types}::text[], ${consumers}::text[])
          )
          and ${nothingEarlierIsPending(sql)}
        order by due_at
        limit ${limit}
        for update skip locked
      )
      update core.deliveries claimed
      set attempts = attempts + 1, due_at = ${toTimestamp(leaseEnds)}
      from due
      join core.outbox told on told.id = due.event_id
      where claimed.event_id = due.event_id and claimed.consumer = due.consumer
      returning
        claimed.event_id, claimed.consumer, claimed.attempts, told.type, told.schema_version,
        told.aggregate_id, told.aggregate_version, told.occurred_at, told.correlation_id,
        told.payload
    `;
    return rows.map(toClaimed);
  }

  async noteHandled({ eventId, consumer }: DeliveryKey, at: Instant) {
    await this.#sql`
      update core.deliveries set handled_at = ${toTimestamp(at)}, quarantined_at = null
      where event_id = ${eventId} and consumer = ${consumer} and handled_at is null
    `;
  }

  /** What waits behind it waits as long, so that nobody looks at it in vain. */
  async noteFailed({ eventId, consumer, event }: ClaimedDelivery, error: string, dueAt: Instant) {
    const due = toTimestamp(dueAt);
    await this.#note(
      (sql) => sql`
      update core.deliveries
      set
        due_at = case when event_id = ${eventId} then ${due} else greatest(due_at, ${due}) end,
        last_error = case when event_id = ${eventId} then ${error} else last_error end
      where consumer = ${consumer} and aggregate_id = ${event.aggregateId}
        and handled_at is null and quarantined_at is null
        and (aggregate_version, event_id) >= (${event.aggregateVersion}, ${eventId})
        and exists (
          select from core.deliveries
          where event_id = ${eventId} and consumer = ${consumer}
            and handled_at is null and quarantined_at is null
        )
    `,
    );
  }

  async quarantine({ eventId, consumer }: DeliveryKey, error: string, at: Instant) {
    return this.#note(
      (sql) => sql`
      update core.deliveries set quarantined_at = ${toTimestamp(at)}, last_error = ${error}
      where event_id = ${eventId} and consumer = ${consumer}
        and handled_at is null and quarantined_at is null
    `,
    );
  }

  async quarantined(limit: number): Promise<readonly QuarantinedDelivery[]> {
    const rows = await this.#sql<QuarantinedRow[]>`
      select event_id, consumer, event_type, attempts, last_error, quarantined_at
      from core.deliveries
      where quarantined_at is not null
      order by quarantined_at desc, event_id desc
      limit ${limit}
    `;
    return rows.map((row) => ({
      eventId: row.event_id,
      consumer: row.consumer,
      eventType: row.event_type,
      attempts: row.attempts,
      lastError: row.last_error,
      quarantinedAt: fromTimestamp(row.quarantined_at),
    }));
  }

  async replay({ eventId, consumer }: QuarantineSelection, now: Instant) {
    const replayed = await this.#sql`
      update core.deliveries
      set quarantined_at = null, attempts = 0, due_at = ${toTimestamp(now)}
      where quarantined_at is not null
        and (${eventId ?? null}::uuid is null or event_id = ${eventId ?? null})
        and (${consumer ?? null}::text is null or consumer = ${consumer ?? null})
    `;
    return replayed.count;
  }

  async forget(sharedOutBefore: Instant, limit: number) {
    const forgotten = await this.#sql`
      delete from core.outbox
      where id in (
        select id from core.outbox told
        where shared_out_at < ${toTimestamp(sharedOutBefore)}
          and not exists (
            select from core.deliveries where event_id = told.id and handled_at is null
          )
        order by shared_out_at
        limit ${limit}
        for update skip locked
      )
    `;
    return forgotten.count;
  }

  async state(audience: Audience): Promise<OutboxState> {
    const { types, consumers } = columnsOf(audience);
    const [row] = await this.#sql<{ oldest: Date | null; quarantined: number }[]>`
      select
        least(
          (select min(occurred_at) from core.outbox where shared_out_at is null and type = any(${types})),
          (
            select min(told.occurred_at)
            from core.deliveries waiting
            join core.outbox told on told.id = waiting.event_id
            where waiting.handled_at is null and waiting.quarantined_at is null
              and (waiting.event_type, waiting.consumer) in (
                select * from unnest(${types}::text[], ${consumers}::text[])
              )
          )
        ) as oldest,
        (select count(*)::int from core.deliveries where quarantined_at is not null) as quarantined
    `;
    const oldest = row?.oldest ?? null;
    return {
      oldestPendingAt: oldest === null ? null : fromTimestamp(oldest),
      quarantined: row?.quarantined ?? 0,
    };
  }

  /** False where a consumer hangs in its transaction and holds the row: the lease ends by itself. */
  async #note(update: (sql: Queryable) => Promise<unknown>): Promise<boolean> {
    try {
      await this.#sql.begin(async (sql) => {
        await sql`select set_config('lock_timeout', ${HELD_TOO_LONG}, true)`;
        await update(sql);
      });
      return true;
    } catch (error) {
      if (error instanceof postgres.PostgresError && error.code === LOCK_NOT_AVAILABLE)
        return false;
      throw error;
    }
  }
}

/**
 * Takes the delivery for this transaction, and notes that it was handled: the
 * note is committed with whatever the transaction does. False when it is not due.
 * It waits for whoever holds the row: mostly somebody who looked for work and let
 * it be, and after a lease has ended perhaps somebody who still works on it.
 */
export async function takeDelivery(
  sql: Queryable,
  { eventId, consumer }: DeliveryKey,
  at: Instant,
): Promise<boolean> {
  const taken = await sql`
    with due as (
      select event_id
      from core.deliveries mine
      where event_id = ${eventId} and consumer = ${consumer}
        and handled_at is null and quarantined_at is null
        and ${nothingEarlierIsPending(sql)}
      for update
    )
    update core.deliveries set handled_at = ${toTimestamp(at)}
    where event_id = ${eventId} and consumer = ${consumer} and exists (select from due)
  `;
  return taken.count === 1;
}

/**
 * Of the same aggregate for the same consumer, be it shared out or not. Subqueries that no planner
 * turns into a join: how many are pending changes faster than statistics, and these are always
 * looked up by the index.
 */
function nothingEarlierIsPending(sql: Queryable): postgres.Fragment {
  return sql`
    event_id = (
      select first.event_id
      from core.deliveries first
      where first.consumer = mine.consumer and first.aggregate_id = mine.aggregate_id
        and first.handled_at is null and first.quarantined_at is null
      order by first.aggregate_version, first.event_id
      limit 1
    )
    and (
      select untold.id
      from core.outbox untold
      where untold.aggregate_id = mine.aggregate_id and untold.shared_out_at is null
        and (untold.aggregate_version, untold.id) < (mine.aggregate_version, mine.event_id)
      limit 1
    ) is null
  `;
}

function columnsOf(audience: Audience): { types: string[]; consumers: string[] } {
  return {
    types: audience.map(({ type }) => type),
    consumers: audience.map(({ consumer }) => consumer),
  };
}

function toClaimed(row: ClaimedRow): ClaimedDelivery {
  return {
    eventId: row.event_id,
    consumer: row.consumer,
    attempts: row.attempts,
    correlationId: row.correlation_id,
    event: {
      type: row.type,
      schemaVersion: row.schema_version,
      aggregateId: row.aggregate_id,
      aggregateVersion: row.aggregate_version,
      occurredAt: fromTimestamp(row.occurred_at),
      payload: row.payload,
    },
  };
}
