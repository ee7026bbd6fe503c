import type { Page, PageRequest } from '@kastoma/application/core';
import type { AbandonedCart, AbandonedCarts, CartRetention } from '@kastoma/application/ordering';
import type { Currency, Instant } from '@kastoma/domain/core';

import type { Database } from '../core/database.ts';
import { restoreMoney } from '../core/money.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

/** At once, so that nobody waits long for a row; the rest has its turn an hour later. */
const MOST_AT_ONCE = 5_000;

type AbandonedRow = {
  id: string;
  customer_id: string | null;
  currency: Currency;
  lines: number;
  units: number;
  worth: bigint;
  created_at: Date;
  left_at: Date;
};

/** Carts that nobody comes back to. */
export class PostgresLeftCarts implements CartRetention, AbandonedCarts {
  readonly #sql: Database;

  constructor(sql: Database) {
    this.#sql = sql;
  }

  async expire(touchedBefore: Instant): Promise<number> {
    const expired = await this.#sql`
      update ordering.carts
      set status = 'expired', shipping_address = null, shipping_address_at = null, version = version + 1
      where id in (
        select id
        from ordering.carts
        where customer_id is null and status = 'active' and updated_at < ${toTimestamp(touchedBefore)}
        order by updated_at
        limit ${MOST_AT_ONCE}
        for update skip locked
      )
    `;
    return expired.count;
  }

  async forget(touchedBefore: Instant): Promise<number> {
    return this.#sql.begin(async (sql) => {
      const gone = await sql<{ id: string }[]>`
        select id
        from ordering.carts
        where status in ('expired', 'merged') and updated_at < ${toTimestamp(touchedBefore)}
        order by updated_at
        limit ${MOST_AT_ONCE}
        for update skip locked
      `;
      if (gone.length === 0) return 0;
      const ids = gone.map(({ id }) => id);
      await sql`delete from ordering.cart_items where cart_id = any(${ids}::uuid[])`;
      await sql`delete from ordering.carts where id = any(${ids}::uuid[])`;
      return gone.length;
    });
  }

  async list(
    { from, until }: { readonly from: Instant; readonly until: Instant },
    page: PageRequest,
  ): Promise<Page<AbandonedCart>> {
    const sql = this.#sql;
    const left = sql`
      from ordering.abandoned_carts
      where left_at >= ${toTimestamp(from)} and left_at < ${toTimestamp(until)}
    `;
    const [rows, counted] = await Promise.all([
      sql<AbandonedRow[]>`
        select id, customer_id, currency, lines, units, worth, created_at, left_at
        ${left}
        order by left_at desc, id desc
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `,
      countUpTo(sql, left),
    ]);
    return pageOf(
      rows.map((row) => ({
        cartId: row.id,
        customerId: row.customer_id,
        currency: row.currency,
        lines: row.lines,
        units: row.units,
        worth: restoreMoney(row.worth, row.currency),
        openedAt: fromTimestamp(row.created_at),
        leftAt: fromTimestamp(row.left_at),
      })),
      counted,
    );
  }
}
