import type { CustomerFacts, Customers } from '@kastoma/application/ordering';
import { defect, type UserId } from '@kastoma/domain/core';

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

  async factsOf(customerId: UserId): Promise<CustomerFacts> {
    const [row] = await this.#sql<{ groups: readonly string[]; is_first_order: boolean }[]>`
      select
        coalesce(
          (select groups from identity.users where id = ${customerId} and deleted_at is null),
          '{}'
        ) as groups,
        not exists (
          select from ordering.orders where customer_id = ${customerId} and status <> 'cancelled'
        ) as is_first_order
    `;
    return {
      groups: row?.groups ?? [],
      isFirstOrder: row?.is_first_order ?? defect('A row without a table was not there.'),
    };
  }
}
