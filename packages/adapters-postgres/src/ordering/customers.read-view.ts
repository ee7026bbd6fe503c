import type { Customers } from '@kastoma/application/ordering';
import type { UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';

/** The accounts of identity, as far as a cart needs to know. What comes in while one is being erased is swept up later, so no lock is needed. */
export class PostgresCustomers implements Customers {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async exists(customerId: UserId): Promise<boolean> {
    const found = await this.#sql`
      select from identity.users where id = ${customerId} and deleted_at is null
    `;
    return found.count > 0;
  }

  async groupsOf(customerIds: readonly UserId[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.#sql<{ id: string; groups: readonly string[] }[]>`
      select id, groups
      from identity.users
      where id = any(${[...customerIds]}::uuid[]) and deleted_at is null and groups <> '{}'
    `;
    return new Map(rows.map(({ id, groups }) => [id, groups]));
  }
}
