import type { ErasureRules, PersonalData, PersonalRecords } from '@kastoma/application/identity';
import type { Instant, UserId } from '@kastoma/domain/core';

import { CATALOG_TABLES } from '../catalog/personal-tables.ts';
import type { Queryable } from '../core/database.ts';
import { collectRows, type PersonalTable } from '../core/personal-table.ts';
import { CORE_TABLES } from '../core/personal-tables.ts';
import { NOTIFICATIONS_TABLES } from '../notifications/personal-tables.ts';
import { claimGuestOrders, forgetGuestsOfOrders } from '../ordering/guest-orders.ts';
import { holdsMoreThanBooks, ORDERING_TABLES } from '../ordering/personal-tables.ts';
import { claimGuestUses, forgetGuestsOfUses } from '../pricing/guest-uses.ts';
import { PRICING_TABLES } from '../pricing/personal-tables.ts';
import { IDENTITY_TABLES } from './personal-tables.ts';

/** Every table that holds something of people. A test goes through the whole database for one that is not here. */
export const PERSONAL_TABLES: readonly PersonalTable[] = [
  ...IDENTITY_TABLES,
  ...CATALOG_TABLES,
  ...ORDERING_TABLES,
  ...PRICING_TABLES,
  ...NOTIFICATIONS_TABLES,
  ...CORE_TABLES,
];

/** Reads and forgets across the contexts, each of which says itself what it holds. */
export class PostgresPersonalData implements PersonalData {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async collect(userId: UserId): Promise<PersonalRecords> {
    const collected = await Promise.all(
      PERSONAL_TABLES.map(
        async (table) => [table.records, await collectRows(this.#sql, table, userId)] as const,
      ),
    );
    return Object.fromEntries(collected);
  }

  async forget(userId: UserId, rules: ErasureRules): Promise<void> {
    for (const { forget } of PERSONAL_TABLES) await forget?.(this.#sql, userId, rules);
  }

  async claimGuestOrders(userId: UserId, email: string): Promise<void> {
    await claimGuestOrders(this.#sql, userId, email);
    await claimGuestUses(this.#sql, userId, email);
  }

  async forgetGuests(placedBefore: Instant): Promise<number> {
    const orderIds = await forgetGuestsOfOrders(this.#sql, placedBefore);
    if (orderIds.length > 0) await forgetGuestsOfUses(this.#sql, orderIds);
    return orderIds.length;
  }

  async overdue({ ordersPlacedBefore }: ErasureRules): Promise<readonly UserId[]> {
    const sql = this.#sql;
    const rows = await sql<{ id: UserId }[]>`
      select id
      from identity.users account
      where deleted_at is not null and (
        exists (
          select from ordering.orders
          where customer_id = account.id and ${holdsMoreThanBooks(sql, new Date(ordersPlacedBefore))}
        )
        or exists (select from ordering.carts where customer_id = account.id and status = 'active')
        or exists (select from catalog.reviews where author_id = account.id)
        or exists (select from catalog.review_votes where customer_id = account.id)
        or exists (select from catalog.wishlists where customer_id = account.id)
      )
      order by id
      limit 1000
    `;
    return rows.map(({ id }) => id);
  }
}
