import { errAsync, okAsync, type ResultAsync } from 'neverthrow';

import type { Instant, SessionId } from '@kastoma/domain/core';
import { Session, type SessionEnded } from '@kastoma/domain/identity';

import type { ConcurrentUpdate } from '../../core/unit-of-work.port.ts';
import type { SessionRepository } from '../../identity/session-repository.port.ts';
import type { InMemoryOutbox } from './in-memory-outbox.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemorySessionRepository implements SessionRepository {
  readonly #memory: Memory;
  readonly #outbox: InMemoryOutbox;

  constructor(memory: Memory, outbox: InMemoryOutbox) {
    this.#memory = memory;
    this.#outbox = outbox;
  }

  find(id: SessionId): ResultAsync<Session, SessionEnded> {
    const found = this.#memory.tables.sessions.get(id);
    return found === undefined ? errAsync({ code: 'identity.session_ended' }) : okAsync(found);
  }

  save({ state, version, pending }: Session): ResultAsync<void, ConcurrentUpdate> {
    const { sessions } = this.#memory.tables;
    const stands = sessions.get(state.id);
    if ((stands?.version ?? 0) !== version) return errAsync({ code: 'core.concurrent_update' });
    const { tokenVersion } = stands?.state ?? state;
    sessions.set(state.id, Session.restore({ ...state, tokenVersion }, version + 1));
    this.#outbox.record(pending);
    return okAsync();
  }

  forgetOver(before: Instant, limit: number): ResultAsync<number, never> {
    const { sessions } = this.#memory.tables;
    const over = [...sessions.values()]
      .map(({ state }) => state)
      .filter(({ revokedAt, expiresAt }) => Math.min(revokedAt ?? expiresAt, expiresAt) < before)
      .slice(0, limit);
    for (const { id } of over) sessions.delete(id);
    return okAsync(over.length);
  }
}
