import type { AccessStanding, AccessStandings } from '@kastoma/application/identity';
import type { Role, SessionId, UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';

type StandingRow = {
  user_id: UserId;
  role: Role;
  token_version: number;
  has_second_factor: boolean;
};

/** One row by its key for each token that is held against the store. */
export class PostgresAccessStandings implements AccessStandings {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async find(sessionId: SessionId): Promise<AccessStanding | null> {
    const [row] = await this.#sql<StandingRow[]>`
      select
        session.user_id, account.role, account.token_version,
        factor.confirmed_at is not null as has_second_factor
      from identity.sessions session
      join identity.users account on account.id = session.user_id
      left join identity.second_factors factor on factor.user_id = session.user_id
      where session.id = ${sessionId}
        and session.revoked_at is null
        and session.token_version = account.token_version
        and account.deactivated_at is null
        and account.deleted_at is null
    `;
    if (row === undefined) return null;
    const { user_id: userId, role, token_version: tokenVersion } = row;
    return { userId, role, tokenVersion, hasSecondFactor: row.has_second_factor };
  }
}
