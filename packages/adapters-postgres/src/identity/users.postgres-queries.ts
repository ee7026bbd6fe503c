import type { Page, PageRequest } from '@kastoma/application/core';
import type { UserFilter, UserQueries } from '@kastoma/application/identity';
import type { User } from '@kastoma/domain/identity';

import type { Queryable } from '../core/database.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { containing } from '../core/search-pattern.ts';
import { toUser, userColumns, type UserRow } from './user-rows.ts';

export class PostgresUserQueries implements UserQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async list(filter: UserFilter, page: PageRequest): Promise<Page<User>> {
    const sql = this.#sql;
    const matching = this.#matching(filter);
    const [rows, counted] = await Promise.all([
      sql<UserRow[]>`
        select ${userColumns(sql)}
        from identity.users
        ${matching}
        order by created_at desc, id desc
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `,
      countUpTo(sql, sql`from identity.users ${matching}`),
    ]);
    return pageOf(rows.map(toUser), counted);
  }

  #matching({ search, role, active }: UserFilter) {
    const sql = this.#sql;
    const pattern = search === null ? '' : containing(search);
    return sql`
      where deleted_at is null
      ${role === null ? sql`` : sql`and role = ${role}`}
      ${active === null ? sql`` : sql`and (deactivated_at is null) = ${active}`}
      ${search === null ? sql`` : sql`and (email ilike ${pattern} or first_name || ' ' || last_name ilike ${pattern})`}
    `;
  }
}
