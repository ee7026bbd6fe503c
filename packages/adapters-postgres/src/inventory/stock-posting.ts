import type postgres from 'postgres';

import type { RecordedMovement } from '@kastoma/application/inventory';
import { defect } from '@kastoma/domain/core';
import type { Moved, Stock, StockChanged } from '@kastoma/domain/inventory';

import type { Queryable } from '../core/database.ts';
import type { LastWrite } from '../core/last-writes.ts';
import type { Outbox } from '../core/outbox.ts';
import { toMovementRow, toStockRow } from './stock-rows.ts';

/** What becomes of an account that is locked. */
export type Posting = { readonly before: Stock; readonly moved: Moved };

/** Units that are held from now on. */
export type NewReservation = {
  readonly id: string;
  readonly reference: string;
  readonly variant_id: string;
  readonly location_id: string;
  readonly quantity: number;
  readonly expires_at: Date | null;
  readonly created_at: Date;
};

/** Units that are no longer held. */
export type SettledReservation = {
  readonly id: string;
  readonly fulfilled: number;
  readonly released: number;
};

/** What moving units writes. */
type Posted = {
  readonly postings: readonly Posting[];
  readonly movements: readonly RecordedMovement[];
  readonly held?: postgres.Fragment;
  /** Told in the same statement. */
  readonly events?: readonly StockChanged[];
};

/** One statement for accounts, reservations, the ledger and what is told of them. */
export async function post(
  sql: Queryable,
  outbox: Outbox,
  { events = [], ...posted }: Posted,
): Promise<boolean> {
  if (posted.postings.length === 0) return true;
  const { stock_changed: changed, stock_held: held, stock_moved: moved } = posting(sql, posted);
  const [counted] = await sql<{ count: number }[]>`
    with stock_changed as (${changed.sql}), stock_held as (${held.sql}), stock_moved as (${moved.sql})
    ${events.length === 0 ? sql`` : sql`, told as (${outbox.insertion(events)})`}
    select count(*)::integer as count from stock_changed
  `;
  return counted?.count === posted.postings.length;
}

/** The same as parts of a larger statement. */
export function posting(
  sql: Queryable,
  { postings, movements, held = nothingHeld(sql) }: Omit<Posted, 'events'>,
) {
  const accounts = postings.map(({ before, moved }) => ({
    ...toStockRow(moved.stock),
    previous_version: before.version,
  }));
  return {
    stock_changed: {
      rows: postings.length,
      sql: sql`
        update inventory.stock
        set
          on_hand = change.on_hand,
          reserved = change.reserved,
          tracking = change.tracking,
          backorder_limit = change.backorder_limit,
          reorder_point = change.reorder_point,
          version = change.version
        from jsonb_to_recordset(${sql.json(accounts)}) as change (
          variant_id uuid, location_id uuid, on_hand integer, reserved integer, tracking text,
          backorder_limit integer, reorder_point integer, version integer, previous_version integer
        )
        where stock.variant_id = change.variant_id
          and stock.location_id = change.location_id
          and stock.version = change.previous_version
        returning stock.variant_id
      `,
    },
    stock_held: { sql: held },
    stock_moved: {
      sql: sql`
        insert into inventory.movements (
          id, variant_id, location_id, reservation_id, type, on_hand_delta, reserved_delta,
          on_hand_after, reserved_after, reference, actor, reason, occurred_at
        )
        select
          line.id, line.variant_id, line.location_id, held.id, line.type, line.on_hand_delta,
          line.reserved_delta, line.on_hand_after, line.reserved_after, line.reference, line.actor,
          line.reason, line.occurred_at
        from jsonb_to_recordset(${sql.json(movements.map(toMovementRow))}) as line (
          id uuid, variant_id uuid, location_id uuid, type text, on_hand_delta integer,
          reserved_delta integer, on_hand_after integer, reserved_after integer, reference text,
          actor text, reason text, occurred_at timestamptz
        )
        left join stock_held held using (variant_id, location_id)
      `,
    },
  } satisfies Record<string, LastWrite>;
}

/** The rows are locked: whatever was read of them stands. */
export function requirePosted(isPosted: boolean): void {
  if (!isPosted) defect('Units went away under a lock.');
}

/** Goes into the statement that moves the units. */
export function holding(sql: Queryable, reservations: readonly NewReservation[]) {
  return sql`
    insert into inventory.reservations (
      id, reference, variant_id, location_id, quantity, expires_at, created_at
    )
    select id, reference, variant_id, location_id, quantity, expires_at, created_at
    from jsonb_to_recordset(${sql.json(reservations)}) as reservation (
      id uuid, reference text, variant_id uuid, location_id uuid, quantity integer,
      expires_at timestamptz, created_at timestamptz
    )
    on conflict (reference, variant_id, location_id) do update
    set quantity = reservations.quantity + excluded.quantity, expires_at = excluded.expires_at
    returning id, variant_id, location_id
  `;
}

/** Goes into the statement that moves the units. */
export function settling(sql: Queryable, settled: readonly SettledReservation[]) {
  return sql`
    update inventory.reservations reservation
    set
      fulfilled = reservation.fulfilled + part.fulfilled,
      released = reservation.released + part.released
    from jsonb_to_recordset(${sql.json(settled)}) as part (
      id uuid, fulfilled integer, released integer
    )
    where reservation.id = part.id
    returning reservation.id, reservation.variant_id, reservation.location_id
  `;
}

function nothingHeld(sql: Queryable) {
  return sql`select null::uuid as id, null::uuid as variant_id, null::uuid as location_id where false`;
}
