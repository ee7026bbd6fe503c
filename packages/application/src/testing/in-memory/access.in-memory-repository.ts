import { okAsync, type ResultAsync } from 'neverthrow';

import { defect, type Instant, type SessionId, type UserId } from '@kastoma/domain/core';
import { Session, User } from '@kastoma/domain/identity';

import type { AccessRepository, AccessRevocation } from '../../identity/access-repository.port.ts';
import type { AccessStanding, AccessStandings } from '../../identity/access-standings.port.ts';
import type { Memory } from './in-memory-store.ts';

export class InMemoryAccessRepository implements AccessRepository {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  voidTokens(userId: UserId): ResultAsync<AccessRevocation, never> {
    return okAsync(this.#takeBack(userId, (session, before) => session.tokenVersion === before));
  }

  endSessions(
    userId: UserId,
    at: Instant,
    kept: SessionId | null = null,
  ): ResultAsync<AccessRevocation, never> {
    const isKept = (state: Session['state'], before: number) =>
      state.id === kept && state.tokenVersion === before;
    return okAsync(this.#takeBack(userId, isKept, at));
  }

  /** Goes on with the sessions that are kept; the others end where a time is given. */
  #takeBack(
    userId: UserId,
    isKept: (state: Session['state'], before: number) => boolean,
    endedAt?: Instant,
  ): AccessRevocation {
    const { users, sessions } = this.#memory.tables;
    const user =
      users.get(userId) ?? defect(`There is no user ${userId} whose access to take back.`);
    const before = user.state.tokenVersion;
    const tokenVersion = before + 1;
    users.set(userId, User.restore({ ...user.state, tokenVersion }, user.version));
    for (const { state, version } of sessions.values()) {
      if (state.userId !== userId || state.revokedAt !== null) continue;
      if (isKept(state, before))
        sessions.set(state.id, Session.restore({ ...state, tokenVersion }, version + 1));
      else if (endedAt !== undefined)
        sessions.set(state.id, Session.restore({ ...state, revokedAt: endedAt }, version + 1));
    }
    return { kind: 'user', userId, firstGoodVersion: tokenVersion };
  }
}

export class InMemoryAccessStandings implements AccessStandings {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async find(sessionId: SessionId): Promise<AccessStanding | null> {
    const { users, sessions, secondFactors } = this.#memory.tables;
    const session = sessions.get(sessionId)?.state;
    const user = session === undefined ? undefined : users.get(session.userId)?.state;
    if (session === undefined || user === undefined) return null;
    const isOpen = session.revokedAt === null && session.tokenVersion === user.tokenVersion;
    if (!isOpen || user.deactivatedAt !== null || user.erasedAt !== null) return null;
    const { id: userId, role, tokenVersion } = user;
    const hasSecondFactor = secondFactors.get(userId)?.isActive === true;
    return { userId, role, tokenVersion, hasSecondFactor };
  }
}
