import type { Customers } from '@kastoma/application/ordering';
import type { UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';

/** The accounts of identity, as far as a cart needs to know. They are never erased, so no lock is needed. */
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
}
