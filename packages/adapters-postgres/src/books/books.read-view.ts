import type { Database, Queryable } from '../core/database.ts';
import { PostgresStockAudit } from '../inventory/stock-audit.postgres-queries.ts';
import type { Invariant } from './invariant.ts';
import { ORDER_INVARIANTS } from './order-books.read-view.ts';
import { ORDER_LIFE_INVARIANTS } from './order-life-books.read-view.ts';
import { OUTBOX_INVARIANTS } from './outbox-books.read-view.ts';
import { PAYMENT_INVARIANTS } from './payment-books.read-view.ts';
import { PROMOTION_INVARIANTS } from './promotion-books.read-view.ts';
import { STOCK_INVARIANTS_OF_ORDERS } from './stock-books.read-view.ts';

const INVARIANTS: readonly Invariant[] = [
  ...ORDER_INVARIANTS,
  ...ORDER_LIFE_INVARIANTS,
  ...PAYMENT_INVARIANTS,
  ...STOCK_INVARIANTS_OF_ORDERS,
  ...PROMOTION_INVARIANTS,
  ...OUTBOX_INVARIANTS,
];

/** What is asked of the books, beside what the stock audit asks of the ledger. */
export const BOOK_INVARIANTS: readonly string[] = INVARIANTS.map(({ name }) => name);

/** Something in the books that does not hold. */
export type BooksDiscrepancy = {
  readonly invariant: string;
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
};

/**
 * What the books come to; amounts are minor units in decimal text. What was ordered and not refunded is what was
 * captured and not refunded, with what is outstanding and without what is owed.
 */
export type BooksFigures = {
  /** Kept ones; those that were cancelled are out of all sums but those of money that moved. */
  readonly orders: string;
  readonly ordered: string;
  readonly decidedRefunds: string;
  readonly captured: string;
  readonly refunded: string;
  /** Not captured yet. */
  readonly outstanding: string;
  /** To go back yet: of refunds that were decided, and of orders that are not kept. */
  readonly owed: string;
  readonly onHand: string;
  readonly reserved: string;
  readonly uses: string;
  readonly events: string;
};

export type BooksReport = {
  readonly figures: BooksFigures;
  readonly off: readonly BooksDiscrepancy[];
};

/** Reads all books as they stood at one moment, trusting no constraint; at most so many of each invariant. */
export async function auditBooks(database: Database, most: number): Promise<BooksReport> {
  return database.begin('isolation level repeatable read read only', async (sql) => {
    await sql`set local statement_timeout = 0`;
    return reportOn(sql, most);
  });
}

/** The same of what a transaction sees. */
export async function reportOn(sql: Queryable, most: number): Promise<BooksReport> {
  const off: BooksDiscrepancy[] = [];
  for (const { name, off: select } of INVARIANTS) {
    const rows = await sql<Omit<BooksDiscrepancy, 'invariant'>[]>`
      select subject, expected, found from (${select(sql)}) off order by subject limit ${most}
    `;
    off.push(...rows.map((row) => ({ invariant: name, ...row })));
  }
  const stock = await new PostgresStockAudit(sql).discrepancies(most);
  for (const { invariant, variantId, location, at, expected, found } of stock) {
    const subject = [variantId, location, at ?? ''].join(' ').trimEnd();
    off.push({ invariant, subject, expected, found });
  }
  return { figures: await figuresOf(sql), off };
}

async function figuresOf(sql: Queryable): Promise<BooksFigures> {
  const [row] = await sql<[BooksFigures]>`
    select
      orders.count::text as orders,
      orders.total::text as ordered,
      orders.refunded::text as "decidedRefunds",
      money.captured::text as captured,
      money.refunded::text as refunded,
      (orders.total - orders.captured)::text as outstanding,
      (
        money.captured - orders.captured - money.refunded + orders.refunded
      )::text as owed,
      (select coalesce(sum(on_hand), 0) from inventory.stock)::text as "onHand",
      (select coalesce(sum(reserved), 0) from inventory.stock)::text as reserved,
      (select count(*) from pricing.redemptions where given_back_at is null)::text as uses,
      (select count(*) from core.outbox)::text as events
    from (
      select
        count(*) as count, coalesce(sum(total), 0) as total, coalesce(sum(refunded), 0) as refunded,
        coalesce(sum(paid.captured), 0) as captured
      from ordering.orders kept
      cross join lateral (
        select sum(captured) as captured
        from payments.payments
        where order_id = kept.id and abandoned_at is null
      ) paid
      where status <> 'cancelled'
    ) orders
    cross join (
      select coalesce(sum(captured), 0) as captured, coalesce(sum(refunded), 0) as refunded
      from payments.payments
    ) money
  `;
  return row;
}
