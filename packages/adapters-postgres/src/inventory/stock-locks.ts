import type { VariantId } from '@kastoma/domain/core';
import {
  DEFAULT_LOCATION_ID,
  type Demand,
  type Reservation,
  type Stock,
} from '@kastoma/domain/inventory';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp } from '../core/timestamp.ts';
import { toStock, type StockRow } from './stock-rows.ts';

/** Units that are held, and the account that holds them. */
export type Held = { readonly reservation: Reservation; readonly stock: Stock };

type HeldRow = StockRow & {
  id: string;
  reference: string;
  quantity: number;
  fulfilled: number;
  released: number;
  expires_at: Date | null;
};

/** The accounts that orders are served from. */
export async function lockAccounts(
  sql: Queryable,
  demand: readonly Demand[],
): Promise<ReadonlyMap<VariantId, Stock>> {
  const rows = await sql<StockRow[]>`
    select
      variant_id, location_id, tracking, backorder_limit, reorder_point, on_hand, reserved, version
    from inventory.stock
    where variant_id = any(${demand.map(({ variantId }) => variantId)}::uuid[])
      and location_id = ${DEFAULT_LOCATION_ID}
    order by variant_id
    for update
  `;
  return new Map(rows.map((row) => [row.variant_id, toStock(row)]));
}

/** What was ever held under a reference, of these variants or of all; nobody else changes it until the transaction ends. */
export async function heldUnder(
  sql: Queryable,
  reference: string,
  demand: readonly Demand[] | null,
): Promise<readonly Held[]> {
  const variantIds = demand?.map(({ variantId }) => variantId) ?? null;
  const rows = await sql<HeldRow[]>`
    select
      reservation.id, reservation.reference, reservation.quantity, reservation.fulfilled,
      reservation.released, reservation.expires_at,
      stock.variant_id, stock.location_id, stock.tracking, stock.backorder_limit,
      stock.reorder_point, stock.on_hand, stock.reserved, stock.version
    from inventory.reservations reservation
    join inventory.stock stock using (variant_id, location_id)
    where reservation.reference = ${reference}
      ${variantIds === null ? sql`` : sql`and reservation.variant_id = any(${variantIds}::uuid[])`}
    order by stock.variant_id, stock.location_id
    for update of stock, reservation
  `;
  return rows.map((row) => ({ reservation: toReservation(row), stock: toStock(row) }));
}

function toReservation(row: HeldRow): Reservation {
  return {
    id: row.id,
    reference: row.reference,
    variantId: row.variant_id,
    locationId: row.location_id,
    quantity: row.quantity,
    fulfilled: row.fulfilled,
    released: row.released,
    expiresAt: row.expires_at === null ? null : fromTimestamp(row.expires_at),
  };
}
