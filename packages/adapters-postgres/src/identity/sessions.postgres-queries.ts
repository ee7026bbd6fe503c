import type { Page, PageRequest } from '@kastoma/application/core';
import type { SessionQueries, SessionView } from '@kastoma/application/identity';
import type { Instant, SessionId, UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

type SessionViewRow = {
  id: SessionId;
  device: string;
  address: string;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
};

export class PostgresSessionQueries implements SessionQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async listOf(userId: UserId, now: Instant, page: PageRequest): Promise<Page<SessionView>> {
    const open = this.#sql`
      from identity.sessions session
      join identity.users account on account.id = session.user_id
      where session.user_id = ${userId}
        and session.revoked_at is null
        and session.expires_at > ${toTimestamp(now)}
        and session.token_version = account.token_version
    `;
    const [rows, counted] = await Promise.all([
      this.#sql<SessionViewRow[]>`
        select
          session.id, session.device, session.address, session.created_at, session.expires_at,
          coalesce(session.spent_at, session.created_at) as last_used_at
        ${open}
        order by last_used_at desc, session.id desc
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `,
      countUpTo(this.#sql, open),
    ]);
    return pageOf(rows.map(toView), counted);
  }
}

function toView(row: SessionViewRow): SessionView {
  const { id, device, address } = row;
  return {
    id,
    device,
    address,
    createdAt: fromTimestamp(row.created_at),
    lastUsedAt: fromTimestamp(row.last_used_at),
    expiresAt: fromTimestamp(row.expires_at),
  };
}
