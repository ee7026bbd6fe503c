import type { Instant, SessionId, UserId } from '@kastoma/domain/core';
import { Session, type TokenHash } from '@kastoma/domain/identity';

import { BUILT_AT, builderIds } from './builder-ids.ts';

const A_DAY = 24 * 60 * 60 * 1000;

/** A session that was not stored yet. */
export function aSession(userId: UserId): Session {
  return Session.open({
    id: builderIds.next<SessionId>(),
    userId,
    tokenHash: 'first' as TokenHash,
    at: BUILT_AT as Instant,
    expiresAt: (BUILT_AT + A_DAY) as Instant,
  });
}
