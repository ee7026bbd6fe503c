import type { ResultAsync } from 'neverthrow';

import type { SessionId } from '@kastoma/domain/core';
import type { Session, SessionEnded } from '@kastoma/domain/identity';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';

export interface SessionRepository {
  save(session: Session): ResultAsync<void, ConcurrentUpdate>;
  find(id: SessionId): ResultAsync<Session, SessionEnded>;
}
