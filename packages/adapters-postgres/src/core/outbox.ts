import type { CallContext, IdGenerator } from '@kastoma/application/core';
import { describeActor, type DomainEvent } from '@kastoma/domain/core';

import type { Queryable } from './database.ts';
import { toTimestamp } from './timestamp.ts';

/** Writes an aggregate's pending events in the transaction that saves it. */
export class Outbox {
  readonly #sql: Queryable;
  readonly #context: CallContext;
  readonly #ids: IdGenerator;

  constructor(sql: Queryable, context: CallContext, ids: IdGenerator) {
    this.#sql = sql;
    this.#context = context;
    this.#ids = ids;
  }

  async record(events: readonly DomainEvent[]): Promise<void> {
    if (events.length === 0) return;
    const rows = events.map((event) => ({
      id: this.#ids.next(),
      type: event.type,
      schema_version: event.schemaVersion,
      aggregate_id: event.aggregateId,
      aggregate_version: event.aggregateVersion,
      occurred_at: toTimestamp(event.occurredAt),
      correlation_id: this.#context.correlationId,
      actor: describeActor(this.#context.actor),
      payload: this.#sql.json(event.payload as never),
    }));
    await this.#sql`insert into core.outbox ${this.#sql(rows)}`;
  }
}
