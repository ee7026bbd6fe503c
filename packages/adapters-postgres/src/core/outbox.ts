import {
  auditEntriesOf,
  type CallContext,
  type IdGenerator,
  type ShopEvent,
} from '@kastoma/application/core';
import { describeActor } from '@kastoma/domain/core';

import { insertAuditEntries, writeAuditEntries } from './audit-entries.ts';
import type { Queryable } from './database.ts';
import type { LastWrites } from './last-writes.ts';
import { toTimestamp } from './timestamp.ts';

/** Writes an aggregate's pending events, and what they leave in the audit trail, in the transaction that saves it. */
export class Outbox {
  readonly #sql: Queryable;
  readonly #context: CallContext;
  readonly #ids: IdGenerator;
  readonly #last: LastWrites | null;

  /** With `last`, what is recorded goes out when the work ends. */
  constructor(
    sql: Queryable,
    context: CallContext,
    ids: IdGenerator,
    last: LastWrites | null = null,
  ) {
    this.#sql = sql;
    this.#context = context;
    this.#ids = ids;
    this.#last = last;
  }

  async record(events: readonly ShopEvent[]): Promise<void> {
    if (events.length === 0) return;
    const entries = auditEntriesOf(events, this.#context, this.#ids);
    if (this.#last === null) {
      await this.insertion(events);
      await writeAuditEntries(this.#sql, entries);
    } else {
      await this.announce(events);
      insertAuditEntries(this.#last, entries);
    }
  }

  /**
   * Many events at once, of a work that stands in the audit trail as a whole and leaves nothing there
   * for each of them.
   */
  async announce(events: readonly ShopEvent[]): Promise<void> {
    if (events.length === 0) return;
    const records = events.map((event) => this.#toRecord(event));
    if (this.#last !== null) return this.#last.insert('core.outbox', records);
    await this.#sql`
      insert into core.outbox (
        id, type, schema_version, aggregate_id, aggregate_version, occurred_at, correlation_id, actor,
        payload
      )
      select
        id, type, schema_version, aggregate_id, aggregate_version, occurred_at, correlation_id, actor,
        payload
      from jsonb_to_recordset(${this.#sql.json(records)}) as event (
        id uuid, type text, schema_version integer, aggregate_id uuid, aggregate_version integer,
        occurred_at timestamptz, correlation_id text, actor text, payload jsonb
      )
    `;
  }

  /** The same within a part of the transaction. */
  on(sql: Queryable): Outbox {
    return new Outbox(sql, this.#context, this.#ids);
  }

  /** Part of another statement, for what leaves nothing in the audit trail and must not cost a round trip. */
  insertion(events: readonly ShopEvent[]) {
    const rows = events.map((event) => ({
      ...this.#toRecord(event),
      payload: this.#sql.json(event.payload as never),
    }));
    return this.#sql`insert into core.outbox ${this.#sql(rows)}`;
  }

  #toRecord(event: ShopEvent) {
    return {
      id: this.#ids.next<string>(),
      type: event.type,
      schema_version: event.schemaVersion,
      aggregate_id: event.aggregateId,
      aggregate_version: event.aggregateVersion,
      occurred_at: toTimestamp(event.occurredAt),
      correlation_id: this.#context.correlationId,
      actor: describeActor(this.#context.actor),
      payload: event.payload,
    };
  }
}
