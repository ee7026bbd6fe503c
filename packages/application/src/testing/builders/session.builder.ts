import type { Instant, SessionId, UserId } from '@kastoma/domain/core';
import { Session, type TokenHash } from '@kastoma/domain/identity';

import { BUILT_AT, builderIds } from './builder-ids.ts';

/** A session that was not stored yet. */
export function aSession(userId: UserId): Session {
  return Session.open({
    id: builderIds.next<SessionId>(),
    userId,
    tokenVersion: 1,
    first: { family: 'family' as TokenHash, own: 'first' as TokenHash },
    at: BUILT_AT as Instant,
  });
}
