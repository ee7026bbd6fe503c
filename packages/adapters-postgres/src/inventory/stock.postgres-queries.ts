import { err, ok, ResultAsync } from 'neverthrow';
import type postgres from 'postgres';

import {
  feedOf,
  type Feed,
  type FeedRequest,
  type Page,
  type PageRequest,
} from '@kastoma/application/core';
import {
  viewMovement,
  viewStock,
  type LedgerFilter,
  type LowStockView,
  type MovementCursor,
  type MovementView,
  type StockQueries,
  type StockView,
} from '@kastoma/application/inventory';
import type { Instant, LocationId, VariantId } from '@kastoma/domain/core';
import type { LocationNotFound, MovementType, StockNotFound } from '@kastoma/domain/inventory';

import type { Queryable } from '../core/database.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';
import { PostgresLocationReader } from './locations.postgres-repository.ts';
import { lowStockAt } from './low-stock.read-view.ts';
import { toStock, type StockRow } from './stock-rows.ts';

type MovementRow = {
  id: string;
  sequence: bigint;
  variant_id: VariantId;
  location_id: LocationId;
  type: MovementType;
  on_hand_delta: number;
  reserved_delta: number;
  on_hand_after: number;
  reserved_after: number;
  reference: string;
  actor: string;
  reason: string;
  occurred_at: Date;
};

type Ledger = postgres.Fragment;
type Account = { readonly view: StockView; readonly locationId: LocationId };

export class PostgresStockQueries implements StockQueries {
  readonly #sql: Queryable;
  readonly #locations: PostgresLocationReader;

  constructor(sql: Queryable) {
    this.#sql = sql;
    this.#locations = new PostgresLocationReader(sql);
  }

  find(
    variantId: VariantId,
    location: string | null = null,
  ): ResultAsync<StockView, StockNotFound | LocationNotFound> {
    return this.#account(variantId, location).map(({ view }) => view);
  }

  movements(
    filter: LedgerFilter,
    page: PageRequest,
  ): ResultAsync<Page<MovementView>, StockNotFound | LocationNotFound> {
    return this.#account(filter.variantId, filter.location).andThen(({ locationId }) =>
      ResultAsync.fromSafePromise(this.#page(this.#ledger(filter, locationId), page)),
    );
  }

  movementFeed(
    filter: LedgerFilter,
    request: FeedRequest<MovementCursor>,
  ): ResultAsync<Feed<MovementView, MovementCursor>, StockNotFound | LocationNotFound> {
    return this.#account(filter.variantId, filter.location).andThen(({ locationId }) =>
      ResultAsync.fromSafePromise(this.#feed(this.#ledger(filter, locationId), request)),
    );
  }

  lowStock(
    filter: { readonly location: string | null; readonly threshold: number },
    page: PageRequest,
  ): ResultAsync<Page<LowStockView>, LocationNotFound> {
    return this.#locations
      .find(filter.location)
      .andThen(({ state }) =>
        ResultAsync.fromSafePromise(lowStockAt(this.#sql, state.id, filter.threshold, page)),
      );
  }

  async expiredReservations(now: Instant, limit: number): Promise<readonly string[]> {
    const rows = await this.#sql<{ reference: string }[]>`
      select reference
      from inventory.reservations
      where open_quantity > 0 and expires_at <= ${toTimestamp(now)}
      group by reference
      order by min(expires_at), reference collate "C"
      limit ${limit}
    `;
    return rows.map(({ reference }) => reference);
  }

  /** Every variant has an account at the default location; elsewhere nothing was put yet where there is none. */
  #account(
    variantId: VariantId,
    code: string | null,
  ): ResultAsync<Account, StockNotFound | LocationNotFound> {
    const sql = this.#sql;
    return ResultAsync.fromSafePromise(sql<(StockRow & { code: string; is_known: boolean })[]>`
      select
        location.code,
        location.id as location_id,
        ${variantId} as variant_id,
        coalesce(stock.tracking, 'tracked') as tracking,
        stock.backorder_limit,
        stock.reorder_point,
        coalesce(stock.on_hand, 0) as on_hand,
        coalesce(stock.reserved, 0) as reserved,
        coalesce(stock.version, 1) as version,
        exists (select from inventory.stock where variant_id = ${variantId}) as is_known
      from inventory.locations location
      left join inventory.stock stock
        on stock.location_id = location.id and stock.variant_id = ${variantId}
      where ${code === null ? sql`location.is_default` : sql`location.code = ${code}`}
    `).andThen(([row]) => {
      if (row === undefined) return err({ code: 'inventory.location_not_found' as const });
      if (!row.is_known) return err({ code: 'inventory.stock_not_found' as const });
      return ok({ view: viewStock(toStock(row), row.code), locationId: row.location_id });
    });
  }

  #ledger({ variantId, type }: LedgerFilter, locationId: LocationId): Ledger {
    return this.#sql`
      from inventory.movements
      where variant_id = ${variantId}
        and location_id = ${locationId}
        ${type === null ? this.#sql`` : this.#sql`and type = ${type}`}
    `;
  }

  async #page(ledger: Ledger, { page, pageSize }: PageRequest): Promise<Page<MovementView>> {
    const [rows, counted] = await Promise.all([
      this.#lines(ledger, pageSize, (page - 1) * pageSize),
      countUpTo(this.#sql, ledger),
    ]);
    return pageOf(rows.map(toView), counted);
  }

  async #feed(
    ledger: Ledger,
    { after, pageSize }: FeedRequest<MovementCursor>,
  ): Promise<Feed<MovementView, MovementCursor>> {
    const sql = this.#sql;
    const rest = after === null ? ledger : sql`${ledger} and sequence < ${after.keys[0]}`;
    const { items, next } = feedOf(await this.#lines(rest, pageSize + 1), pageSize, placeOf);
    return { items: items.map(toView), next };
  }

  #lines(ledger: Ledger, limit: number, offset: number = 0) {
    return this.#sql<MovementRow[]>`
      select
        id, sequence, variant_id, location_id, type, on_hand_delta, reserved_delta, on_hand_after,
        reserved_after, reference, actor, reason, occurred_at
      ${ledger}
      order by sequence desc
      limit ${limit}
      offset ${offset}
    `;
  }
}

function placeOf({ sequence }: MovementRow): MovementCursor {
  return { ordering: 'latest', keys: [Number(sequence)] };
}

function toView(row: MovementRow): MovementView {
  return viewMovement({
    id: row.id,
    variantId: row.variant_id,
    locationId: row.location_id,
    type: row.type,
    onHandDelta: row.on_hand_delta,
    reservedDelta: row.reserved_delta,
    onHandAfter: row.on_hand_after,
    reservedAfter: row.reserved_after,
    reference: row.reference,
    actor: row.actor,
    reason: row.reason,
    at: fromTimestamp(row.occurred_at),
  });
}
