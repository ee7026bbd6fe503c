import {
  auditPlaceOf,
  feedOf,
  type AuditDetail,
  type AuditEntry,
  type AuditFilter,
  type AuditPlace,
  type AuditQueries,
  type AuditSubject,
  type Feed,
  type FeedRequest,
} from '@kastoma/application/core';

import type { Queryable } from './database.ts';
import type { LastWrites } from './last-writes.ts';
import { fromTimestamp, toTimestamp } from './timestamp.ts';

type AuditRow = {
  id: string;
  occurred_at: Date;
  actor: string;
  action: string;
  subject_type: AuditSubject['type'] | null;
  subject_id: string | null;
  correlation_id: string;
  detail: AuditDetail;
};

export async function writeAuditEntries(
  sql: Queryable,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({
    ...toRecord(entry),
    detail: sql.json(entry.detail as never),
  }));
  await sql`insert into core.audit_entries ${sql(rows)}`;
}

/** The same when the work ends. */
export function insertAuditEntries(last: LastWrites, entries: readonly AuditEntry[]): void {
  last.insert('core.audit_entries', entries.map(toRecord));
}

export class PostgresAuditQueries implements AuditQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async list(
    filter: AuditFilter,
    { after, pageSize }: FeedRequest<AuditPlace>,
  ): Promise<Feed<AuditEntry, AuditPlace>> {
    const sql = this.#sql;
    const rows = await sql<AuditRow[]>`
      select id, occurred_at, actor, action, subject_type, subject_id, correlation_id, detail
      from core.audit_entries
      where true
      ${this.#matching(filter)}
      ${after === null ? sql`` : this.#behind(after)}
      order by occurred_at desc, id desc
      limit ${pageSize + 1}
    `;
    return feedOf(rows.map(toEntry), pageSize, auditPlaceOf);
  }

  #matching({ actor, action, subject, from, to }: AuditFilter) {
    const sql = this.#sql;
    return sql`
      ${actor === null ? sql`` : sql`and actor = ${actor}`}
      ${action === null ? sql`` : sql`and action = ${action}`}
      ${subject === null ? sql`` : sql`and subject_id = ${subject.id} and subject_type = ${subject.type}`}
      ${from === null ? sql`` : sql`and occurred_at >= ${toTimestamp(from)}`}
      ${to === null ? sql`` : sql`and occurred_at < ${toTimestamp(to)}`}
    `;
  }

  #behind({ keys: [occurredAt, id] }: AuditPlace) {
    return this.#sql`and (occurred_at, id) < (${new Date(occurredAt)}, ${id})`;
  }
}

function toRecord(entry: AuditEntry) {
  return {
    id: entry.id,
    occurred_at: toTimestamp(entry.occurredAt),
    actor: entry.actor,
    action: entry.action,
    subject_type: entry.subject?.type ?? null,
    subject_id: entry.subject?.id ?? null,
    correlation_id: entry.correlationId,
    detail: entry.detail,
  };
}

function toEntry({ subject_type: type, subject_id: id, ...row }: AuditRow): AuditEntry {
  return {
    id: row.id,
    occurredAt: fromTimestamp(row.occurred_at),
    actor: row.actor,
    action: row.action,
    subject: type === null || id === null ? null : { type, id },
    correlationId: row.correlation_id,
    detail: row.detail,
  };
}
