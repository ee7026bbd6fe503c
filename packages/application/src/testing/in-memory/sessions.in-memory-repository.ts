import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { SessionId } from '@kastoma/domain/core';
import { Session, type SessionEnded } from '@kastoma/domain/identity';

import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type { SessionRepository } from '../../identity/session-repository.port.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemorySessionRepository implements SessionRepository {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  find(id: SessionId): ResultAsync<Session, SessionEnded> {
    const found = this.#memory.tables.sessions.get(id);
    return found === undefined ? errAsync({ code: 'identity.session_ended' }) : okAsync(found);
  }

  save({ state, version }: Session): ResultAsync<void, ConcurrentUpdate> {
    const { sessions } = this.#memory.tables;
    const stands = sessions.get(state.id)?.version ?? 0;
    if (stands !== version) return errAsync({ code: 'core.concurrent_update' });
    sessions.set(state.id, Session.restore(state, version + 1));
    return okAsync();
  }
}
