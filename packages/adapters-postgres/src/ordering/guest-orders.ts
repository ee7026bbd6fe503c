import type { Instant, OrderId, UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { isOver, placeOnly, saysWhy } from './personal-tables.ts';

/** At once, so that nobody waits long for a row; the rest has its turn an hour later. */
const MOST_AT_ONCE = 1_000;

/** Guests' orders of an address become the account's. */
export async function claimGuestOrders(
  sql: Queryable,
  userId: UserId,
  email: string,
): Promise<void> {
  await sql`
    update ordering.orders set customer_id = ${userId} where customer_id is null and email = ${email}
  `;
}

/** Takes guests out of orders that are over; says which. */
export async function forgetGuestsOfOrders(
  sql: Queryable,
  placedBefore: Instant,
): Promise<readonly OrderId[]> {
  const orders = await sql<{ id: OrderId }[]>`
    select id
    from ordering.orders
    where customer_id is null and email is not null and ${isOver(sql)}
      and placed_at < ${toTimestamp(placedBefore)}
    order by placed_at
    limit ${MOST_AT_ONCE}
    for update skip locked
  `;
  if (orders.length === 0) return [];
  const ids = orders.map(({ id }) => id);
  await sql`delete from ordering.order_notes where order_id = any(${ids}::uuid[])`;
  await sql`
    update ordering.returns
    set reason = '', version = version + 1
    where reason <> '' and order_id = any(${ids}::uuid[])
  `;
  await sql`
    update ordering.orders
    set
      email = null,
      notes = '',
      cancel_reason = case when ${saysWhy(sql)} then '' else cancel_reason end,
      shipping_address = ${placeOnly(sql, 'shipping_address')},
      billing_address = ${placeOnly(sql, 'billing_address')},
      version = version + 1
    where id = any(${ids}::uuid[])
  `;
  return ids;
}
