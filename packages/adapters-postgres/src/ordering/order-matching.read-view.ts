import type { OrderFilter } from '@kastoma/application/ordering';
import type { UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';

/** The orders of a customer, or of everybody for null, that the filter lets through; accounts are those of identity. */
export function ordersMatching(sql: Queryable, customerId: UserId | null, filter: OrderFilter) {
  const { status, number, currency, email, placedFrom, placedBefore } = filter;
  const { minimumTotal, maximumTotal } = filter;
  return sql`
    where true
    ${customerId === null ? sql`` : sql`and customer_id = ${customerId}`}
    ${filter.customerId === null ? sql`` : sql`and customer_id = ${filter.customerId}`}
    ${status === null ? sql`` : sql`and status = ${status}`}
    ${number === null ? sql`` : sql`and number = ${number}`}
    ${currency === null ? sql`` : sql`and currency = ${currency}`}
    ${placedFrom === null ? sql`` : sql`and placed_at >= ${toTimestamp(placedFrom)}`}
    ${placedBefore === null ? sql`` : sql`and placed_at < ${toTimestamp(placedBefore)}`}
    ${minimumTotal === null ? sql`` : sql`and total >= ${minimumTotal}`}
    ${maximumTotal === null ? sql`` : sql`and total <= ${maximumTotal}`}
    ${
      email === null
        ? sql``
        : sql`and (
            email = ${email}
            or customer_id = any(array(
              select account.id from identity.users account
              where account.email = ${email} and account.deleted_at is null
            ))
          )`
    }
  `;
}

export function inOrderOf(sql: Queryable, ordering: OrderFilter['ordering']) {
  switch (ordering) {
    case '-placed_at':
      return sql`order by placed_at desc, id desc`;
    case 'placed_at':
      return sql`order by placed_at, id`;
    case '-total':
      return sql`order by total desc, id desc`;
    case 'total':
      return sql`order by total, id`;
  }
}
