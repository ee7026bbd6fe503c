import type { ResultAsync } from 'neverthrow';

import type { Instant, SessionId } from '@kastoma/domain/core';
import type { Session, SessionEnded } from '@kastoma/domain/identity';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

export interface SessionRepository {
  save(session: Session): ResultAsync<void, ConcurrentUpdate>;
  find(id: SessionId): ResultAsync<Session, SessionEnded>;
  /** Deletes sessions that were revoked or expired before, at most `limit`; those that somebody is deleting already are left to them. Says how many. */
  forgetOver(before: Instant, limit: number): ResultAsync<number, never>;
}
