import type { OrderId, UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';

/** What was used with an address becomes the account's. */
export async function claimGuestUses(sql: Queryable, userId: UserId, email: string): Promise<void> {
  await sql`
    update pricing.redemptions set customer_id = ${userId} where customer_id is null and email = ${email}
  `;
}

/** What guests used stays counted, for nobody. */
export async function forgetGuestsOfUses(
  sql: Queryable,
  orderIds: readonly OrderId[],
): Promise<void> {
  await sql`
    update pricing.redemptions
    set email = 'order:' || order_id
    where customer_id is null and order_id = any(${[...orderIds]}::uuid[])
  `;
}
