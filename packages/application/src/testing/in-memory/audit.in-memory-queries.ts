import type { AuditEntry } from '../../core/audit-entry.ts';
import {
  auditPlaceOf,
  type AuditFilter,
  type AuditPlace,
  type AuditQueries,
} from '../../core/audit-queries.port.ts';
import { feedOf, type Feed, type FeedRequest } from '../../core/page.ts';
import { byKeys, descending } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

const newestFirst = descending(
  byKeys<Pick<AuditEntry, 'occurredAt' | 'id'>>(
    ({ occurredAt }) => occurredAt,
    ({ id }) => id,
  ),
);

export class InMemoryAuditQueries implements AuditQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async list(
    filter: AuditFilter,
    { after, pageSize }: FeedRequest<AuditPlace>,
  ): Promise<Feed<AuditEntry, AuditPlace>> {
    const found = this.#memory.tables.auditEntries
      .filter((entry) => matches(entry, filter))
      .filter((entry) => after === null || isBehind(entry, after))
      .toSorted(newestFirst);
    return feedOf(found, pageSize, auditPlaceOf);
  }
}

function isBehind(entry: AuditEntry, { keys: [occurredAt, id] }: AuditPlace): boolean {
  return entry.occurredAt < occurredAt || (entry.occurredAt === occurredAt && entry.id < id);
}

function matches(entry: AuditEntry, { actor, action, subject, from, to }: AuditFilter): boolean {
  return (
    (actor === null || entry.actor === actor) &&
    (action === null || entry.action === action) &&
    (subject === null ||
      (entry.subject?.type === subject.type && entry.subject.id === subject.id)) &&
    (from === null || entry.occurredAt >= from) &&
    (to === null || entry.occurredAt < to)
  );
}
