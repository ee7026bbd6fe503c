import type { OrderFilter, OrderPlace } from '@kastoma/application/ordering';
import type { Instant, UserId } from '@kastoma/domain/core';
import type { FulfilmentStatus, PaymentStatus } from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';

/** The orders of a customer, or of everybody for null, that the filter lets through; accounts are those of identity. */
export function ordersMatching(sql: Queryable, customerId: UserId | null, filter: OrderFilter) {
  const { status, number, currency, email, placedFrom, placedBefore } = filter;
  const { minimumTotal, maximumTotal, paymentStatus, fulfilmentStatus } = filter;
  return sql`
    where true
    ${customerId === null ? sql`` : sql`and customer_id = ${customerId}`}
    ${filter.customerId === null ? sql`` : sql`and customer_id = ${filter.customerId}`}
    ${status === null ? sql`` : sql`and status = ${status}`}
    ${paymentStatus === null ? sql`` : sql`and ${standsPaid(sql, paymentStatus)}`}
    ${fulfilmentStatus === null ? sql`` : sql`and ${standsFulfilled(sql, fulfilmentStatus)}`}
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

/** What is rare is looked for among the payments first: deriving how an order stands costs a look for each. */
function standsPaid(sql: Queryable, status: PaymentStatus) {
  const derived = sql`${paymentStatusOf(sql)} = ${status}`;
  // Without any payment an order is pending, too.
  if (status === 'pending') return derived;
  return sql`
    id in (select order_id from payments.payments where payments.status = ${status}) and ${derived}
  `;
}

function standsFulfilled(sql: Queryable, status: FulfilmentStatus) {
  const derived = sql`${fulfilmentStatusOf(sql)} = ${status}`;
  if (status === 'unfulfilled') return derived;
  return sql`id in (select order_id from ordering.fulfilments) and ${derived}`;
}

/** As the latest payment that may still bring money, else as the latest of all. */
function paymentStatusOf(sql: Queryable) {
  return sql`coalesce((
    select payment.status
    from payments.payments payment
    where payment.order_id = orders.id
    order by payment.status not in ('failed', 'voided') desc, payment.created_at desc, payment.id desc
    limit 1
  ), 'pending')`;
}

/** By the units that have left, and how many of them are back. */
function fulfilmentStatusOf(sql: Queryable) {
  return sql`(
    select case
      when sum(item.fulfilled) = 0 then 'unfulfilled'
      when sum(item.fulfilled) < sum(item.quantity - item.withheld) then 'partially_fulfilled'
      when sum(item.returned) < sum(item.fulfilled) then 'fulfilled'
      else 'returned'
    end
    from ordering.order_items item
    where item.order_id = orders.id
  )`;
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

/** What comes behind a place. */
export function behind(sql: Queryable, { ordering, keys: [key, id] }: OrderPlace) {
  switch (ordering) {
    case '-placed_at':
      return sql`(placed_at, id) < (${toTimestamp(key as Instant)}, ${id}::uuid)`;
    case 'placed_at':
      return sql`(placed_at, id) > (${toTimestamp(key as Instant)}, ${id}::uuid)`;
    case '-total':
      return sql`(total, id) < (${key}::bigint, ${id}::uuid)`;
    case 'total':
      return sql`(total, id) > (${key}::bigint, ${id}::uuid)`;
  }
}
