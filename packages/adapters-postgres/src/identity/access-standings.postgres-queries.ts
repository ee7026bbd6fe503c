import type { AccessStanding, AccessStandings } from '@kastoma/application/identity';
import type { Role, SessionId, UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';

type StandingRow = { user_id: UserId; role: Role; token_version: number };

/** One row by its key for each token that is held against the store. */
export class PostgresAccessStandings implements AccessStandings {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async find(sessionId: SessionId): Promise<AccessStanding | null> {
    const [row] = await this.#sql<StandingRow[]>`
      select session.user_id, account.role, account.token_version
      from identity.sessions session
      join identity.users account on account.id = session.user_id
      where session.id = ${sessionId}
        and session.revoked_at is null
        and session.token_version = account.token_version
        and account.deactivated_at is null
        and account.deleted_at is null
    `;
    return row === undefined
      ? null
      : { userId: row.user_id, role: row.role, tokenVersion: row.token_version };
  }
}
