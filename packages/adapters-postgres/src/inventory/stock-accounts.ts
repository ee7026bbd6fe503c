import type { RecordedMovement } from '@kastoma/application/inventory';
import type { LocationId, VariantId } from '@kastoma/domain/core';
import { DEFAULT_LOCATION_ID, Stock, type Moved } from '@kastoma/domain/inventory';

import type { Queryable } from '../core/database.ts';
import { toMovementRow, toStock, toStockRow, type StockRow } from './stock-rows.ts';

/** The accounts of new variants, with their first units. */
export async function openAccounts(
  sql: Queryable,
  openings: readonly Moved[],
  movements: readonly RecordedMovement[],
): Promise<void> {
  if (openings.length === 0) return;
  await sql`insert into inventory.stock ${sql(openings.map(({ stock }) => toStockRow(stock)))}`;
  if (movements.length === 0) return;
  await sql`insert into inventory.movements ${sql(movements.map(toMovementRow))}`;
}

/** Locked until the transaction ends. */
export async function findOrOpen(
  sql: Queryable,
  variantId: VariantId,
  locationId: LocationId,
): Promise<Stock | undefined> {
  const found = await lock(sql, variantId, locationId);
  if (found !== undefined || locationId === DEFAULT_LOCATION_ID) return found;
  const opened = await sql`
    insert into inventory.stock (variant_id, location_id, on_hand, reserved, version)
    select variant_id, ${locationId}, 0, 0, 1
    from inventory.stock
    where variant_id = ${variantId} and location_id = ${DEFAULT_LOCATION_ID}
    on conflict do nothing
  `;
  return opened.count === 1 ? Stock.empty(variantId, locationId) : lock(sql, variantId, locationId);
}

async function lock(
  sql: Queryable,
  variantId: VariantId,
  locationId: LocationId,
): Promise<Stock | undefined> {
  const [row] = await sql<StockRow[]>`
    select
      variant_id, location_id, tracking, backorder_limit, reorder_point, on_hand, reserved, version
    from inventory.stock
    where variant_id = ${variantId} and location_id = ${locationId}
    for update
  `;
  return row === undefined ? undefined : toStock(row);
}
