import type { Instant, SessionId, UserId } from '@kastoma/domain/core';

import type { AccessRevocation } from './access-repository.port.ts';

/** What tells one access token's reach: its person, its session, and the version it was issued under. */
export type AccessReach = {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly tokenVersion: number;
};

/**
 * The deny-list: what was taken back while access tokens that say otherwise are
 * still running. It makes a revocation known at once; the truth is in the store.
 */
export interface RevokedAccess {
  /** Told after the commit. Never rejects: where the list cannot be reached the store tells. */
  add(revocation: AccessRevocation, now: Instant): Promise<void>;
  has(reach: AccessReach, now: Instant): Promise<boolean>;
}
