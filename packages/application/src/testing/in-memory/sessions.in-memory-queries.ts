import type { Instant, UserId } from '@kastoma/domain/core';
import type { Session } from '@kastoma/domain/identity';

import type { Page, PageRequest } from '../../core/page.ts';
import type { SessionQueries, SessionView } from '../../identity/session-queries.port.ts';
import { byKeys, descending, pageOf } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';

const LAST_USED_FIRST = descending(
  byKeys<Session>(
    ({ lastUsedAt }) => lastUsedAt,
    ({ state }) => state.id,
  ),
);

export class InMemorySessionQueries implements SessionQueries {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async listOf(userId: UserId, now: Instant, page: PageRequest): Promise<Page<SessionView>> {
    const { users, sessions } = this.#memory.tables;
    const version = users.get(userId)?.state.tokenVersion;
    const open = [...sessions.values()].filter(
      (session) =>
        session.state.userId === userId &&
        session.state.tokenVersion === version &&
        !session.isOver(now),
    );
    return pageOf(open.toSorted(LAST_USED_FIRST).map(toView), page);
  }
}

function toView({ state, lastUsedAt }: Session): SessionView {
  const { id, origin, createdAt, expiresAt } = state;
  return { id, ...origin, createdAt, lastUsedAt, expiresAt };
}
