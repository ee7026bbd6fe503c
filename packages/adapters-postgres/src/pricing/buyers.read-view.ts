import type { Redeemer } from '@kastoma/application/pricing';

import type { Queryable } from '../core/database.ts';

/** One row of what promotions ask of whoever buys: accounts are those of identity, orders those of ordering. */
export function buyerFacts(sql: Queryable, { id, email }: Redeemer) {
  const theirs =
    id === null ? sql`customer_id is null and email = ${email}` : sql`customer_id = ${id}`;
  return sql`
    select
      coalesce(
        (select groups from identity.users where id = ${id} and deleted_at is null),
        '{}'
      ) as groups,
      not exists (
        select from ordering.orders where ${theirs} and status <> 'cancelled'
      ) as is_first_order
  `;
}
