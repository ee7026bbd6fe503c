import type { Instant, SessionId, UserId } from '@kastoma/domain/core';
import type { SessionOrigin } from '@kastoma/domain/identity';

import type { Page, PageRequest } from '../core/page.ts';

/** An open session as its owner sees it. */
export type SessionView = SessionOrigin & {
  readonly id: SessionId;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant;
  readonly expiresAt: Instant;
};

export interface SessionQueries {
  /** The open ones of a user, the one used last first. */
  listOf(userId: UserId, now: Instant, page: PageRequest): Promise<Page<SessionView>>;
}
