import { err, ok, ResultAsync } from 'neverthrow';

import type { ConcurrentUpdate } from '@kastoma/application/core';
import type { SessionRepository } from '@kastoma/application/identity';
import type { Instant, SessionId, UserId } from '@kastoma/domain/core';
import { Session, type SessionEnded, type TokenHash } from '@kastoma/domain/identity';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

type SessionRow = {
  id: SessionId;
  user_id: UserId;
  token_version: number;
  device: string;
  address: string;
  family_hash: TokenHash;
  good_hashes: TokenHash[];
  spent_hash: TokenHash | null;
  spent_at: Date | null;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  version: number;
};

export class PostgresSessionRepository implements SessionRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  find(id: SessionId): ResultAsync<Session, SessionEnded> {
    return ResultAsync.fromSafePromise(this.#sql<SessionRow[]>`
      select
        id, user_id, token_version, device, address, family_hash, good_hashes, spent_hash,
        spent_at, created_at, expires_at, revoked_at, version
      from identity.sessions
      where id = ${id}
    `).andThen(([row]) =>
      row === undefined ? err({ code: 'identity.session_ended' as const }) : ok(toSession(row)),
    );
  }

  save(session: Session): ResultAsync<void, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#upsert(session)).andThen((saved) =>
      saved ? ok() : err({ code: 'core.concurrent_update' as const }),
    );
  }

  /** Looked for from end to end, once an hour: an index would be written at every refresh. */
  forgetOver(before: Instant, limit: number): ResultAsync<number, never> {
    return ResultAsync.fromSafePromise(this.#sql`
      delete from identity.sessions
      where id in (
        select id
        from identity.sessions
        where least(revoked_at, expires_at) < ${toTimestamp(before)}
        limit ${limit}
        for update skip locked
      )
    `).map(({ count }) => count);
  }

  /** The token version of a stored session is raised beside it, and not written here. */
  async #upsert({ state, version, pending }: Session): Promise<boolean> {
    const { lastSpent, revokedAt, origin } = state;
    const saved = await this.#sql`
      insert into identity.sessions (
        id, user_id, token_version, device, address, family_hash, good_hashes, spent_hash, spent_at,
        created_at, expires_at, revoked_at, version
      )
      values (
        ${state.id}, ${state.userId}, ${state.tokenVersion}, ${origin.device}, ${origin.address},
        ${state.family}, ${[...state.good]}::text[],
        ${lastSpent?.token ?? null}, ${lastSpent === null ? null : toTimestamp(lastSpent.at)},
        ${toTimestamp(state.createdAt)}, ${toTimestamp(state.expiresAt)},
        ${revokedAt === null ? null : toTimestamp(revokedAt)}, 1
      )
      on conflict (id) do update
      set
        good_hashes = excluded.good_hashes, spent_hash = excluded.spent_hash,
        spent_at = excluded.spent_at, expires_at = excluded.expires_at,
        revoked_at = excluded.revoked_at, version = sessions.version + 1
      where sessions.version = ${version}
      returning id
    `;
    if (saved.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }
}

function toSession(row: SessionRow): Session {
  const { spent_hash: token, spent_at: spentAt, revoked_at: revokedAt } = row;
  const state = {
    id: row.id,
    userId: row.user_id,
    tokenVersion: row.token_version,
    origin: { device: row.device, address: row.address },
    family: row.family_hash,
    good: row.good_hashes,
    lastSpent: token === null || spentAt === null ? null : { token, at: fromTimestamp(spentAt) },
    createdAt: fromTimestamp(row.created_at),
    expiresAt: fromTimestamp(row.expires_at),
    revokedAt: revokedAt === null ? null : fromTimestamp(revokedAt),
  };
  return Session.restore(state, row.version);
}
