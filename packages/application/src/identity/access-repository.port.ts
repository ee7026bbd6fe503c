import type { ResultAsync } from 'neverthrow';

import type { Instant, SessionId, UserId } from '@kastoma/domain/core';

/** What was taken back: one session, or every token of a user below a version. */
export type AccessRevocation =
  | { readonly kind: 'session'; readonly sessionId: SessionId }
  | { readonly kind: 'user'; readonly userId: UserId; readonly firstGoodVersion: number };

/**
 * Takes access back, in the transaction of what makes that necessary. Hand the
 * answer to `RevokedAccess.add` once the transaction is committed: the other
 * processes then know it at once, and within `STALEST_STANDING_MILLISECONDS` without.
 */
export interface AccessRepository {
  /** Voids every access token of the user; the sessions live on and give new ones (a new role, say). */
  voidTokens(userId: UserId): ResultAsync<AccessRevocation, never>;
  /** Voids every access token and ends every session, but for the one kept: its client refreshes. */
  endSessions(
    userId: UserId,
    at: Instant,
    kept?: SessionId | null,
  ): ResultAsync<AccessRevocation, never>;
}
