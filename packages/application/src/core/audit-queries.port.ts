import type { Instant } from '@kastoma/domain/core';

import type { AuditEntry, AuditSubject } from './audit-entry.ts';
import type { Cursor, Feed, FeedRequest } from './page.ts';

/** What is null is not asked for. */
export type AuditFilter = {
  readonly actor: string | null;
  readonly action: string | null;
  readonly subject: AuditSubject | null;
  readonly from: Instant | null;
  /** Before it, and not at it. */
  readonly to: Instant | null;
};

export type AuditPlace = Cursor<'newest', readonly [occurredAt: number, id: string]>;

export interface AuditQueries {
  /** The latest first. */
  list(
    filter: AuditFilter,
    request: FeedRequest<AuditPlace>,
  ): Promise<Feed<AuditEntry, AuditPlace>>;
}

export function auditPlaceOf({ occurredAt, id }: AuditEntry): AuditPlace {
  return { ordering: 'newest', keys: [occurredAt, id] };
}
