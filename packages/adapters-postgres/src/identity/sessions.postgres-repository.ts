import { err, ok, ResultAsync } from 'neverthrow';

import type { ConcurrentUpdate } from '@kastoma/application/core';
import type { SessionRepository } from '@kastoma/application/identity';
import type { SessionId, UserId } from '@kastoma/domain/core';
import { Session, type SessionEnded, type TokenHash } from '@kastoma/domain/identity';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

type SessionRow = {
  id: SessionId;
  user_id: UserId;
  token_hash: TokenHash;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  version: number;
};

export class PostgresSessionRepository implements SessionRepository {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  find(id: SessionId): ResultAsync<Session, SessionEnded> {
    return ResultAsync.fromSafePromise(this.#sql<SessionRow[]>`
      select id, user_id, token_hash, created_at, expires_at, revoked_at, version
      from identity.sessions
      where id = ${id}
    `).andThen(([row]) => {
      if (row === undefined) return err({ code: 'identity.session_ended' as const });
      const state = {
        id: row.id,
        userId: row.user_id,
        tokenHash: row.token_hash,
        createdAt: fromTimestamp(row.created_at),
        expiresAt: fromTimestamp(row.expires_at),
        revokedAt: row.revoked_at === null ? null : fromTimestamp(row.revoked_at),
      };
      return ok(Session.restore(state, row.version));
    });
  }

  save({ state, version }: Session): ResultAsync<void, ConcurrentUpdate> {
    const revokedAt = state.revokedAt === null ? null : toTimestamp(state.revokedAt);
    return ResultAsync.fromSafePromise(this.#sql`
      insert into identity.sessions (id, user_id, token_hash, created_at, expires_at, revoked_at, version)
      values (
        ${state.id}, ${state.userId}, ${state.tokenHash}, ${toTimestamp(state.createdAt)},
        ${toTimestamp(state.expiresAt)}, ${revokedAt}, 1
      )
      on conflict (id) do update
      set token_hash = excluded.token_hash, revoked_at = excluded.revoked_at, version = sessions.version + 1
      where sessions.version = ${version}
      returning id
    `).andThen(({ count }) =>
      count === 1 ? ok() : err({ code: 'core.concurrent_update' as const }),
    );
  }
}
