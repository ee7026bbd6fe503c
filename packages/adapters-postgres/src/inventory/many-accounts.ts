import type { RecordedMovement } from '@kastoma/application/inventory';
import type { Moved, Stock } from '@kastoma/domain/inventory';

import type { Queryable } from '../core/database.ts';
import { plainArray } from '../core/plain-array.ts';
import { toMovementRow, toStockRow } from './stock-rows.ts';

/** An account as it stood, null for a new one, and what becomes of it. */
type AccountChange = { readonly before: Stock | null; readonly moved: Moved };

/**
 * Opens and moves many accounts, which whoever calls it holds; the ledger says why. False where an
 * account is not what it was.
 */
export async function writeAccounts(
  sql: Queryable,
  changes: readonly AccountChange[],
  movements: readonly RecordedMovement[],
): Promise<boolean> {
  const accounts = changes.map(({ moved }) => toStockRow(moved.stock));
  // Lists of values are read in half the time that records take.
  const written = await sql`
    insert into inventory.stock as stock (
      variant_id, location_id, on_hand, reserved, tracking, backorder_limit, reorder_point, version
    )
    select *
    from unnest(
      ${plainArray(accounts.map((row): string => row.variant_id))}::uuid[],
      ${plainArray(accounts.map((row): string => row.location_id))}::uuid[],
      ${plainArray(accounts.map((row) => row.on_hand))}::integer[],
      ${plainArray(accounts.map((row) => row.reserved))}::integer[],
      ${accounts.map((row): string => row.tracking)}::text[],
      ${plainArray(accounts.map((row) => row.backorder_limit))}::integer[],
      ${plainArray(accounts.map((row) => row.reorder_point))}::integer[],
      ${plainArray(accounts.map((row) => row.version))}::integer[]
    )
    on conflict (variant_id, location_id) do update
    set on_hand = excluded.on_hand, version = excluded.version
    where stock.version = excluded.version - 1
  `;
  if (written.count !== changes.length) return false;
  if (movements.length === 0) return true;
  const lines = movements.map(toMovementRow);
  await sql`
    insert into inventory.movements (
      id, variant_id, location_id, type, on_hand_delta, reserved_delta, on_hand_after,
      reserved_after, reference, actor, reason, occurred_at
    )
    select *
    from unnest(
      ${plainArray(lines.map((row) => row.id))}::uuid[],
      ${plainArray(lines.map((row): string => row.variant_id))}::uuid[],
      ${plainArray(lines.map((row): string => row.location_id))}::uuid[],
      ${lines.map((row): string => row.type)}::text[],
      ${plainArray(lines.map((row) => row.on_hand_delta))}::integer[],
      ${plainArray(lines.map((row) => row.reserved_delta))}::integer[],
      ${plainArray(lines.map((row) => row.on_hand_after))}::integer[],
      ${plainArray(lines.map((row) => row.reserved_after))}::integer[],
      ${lines.map((row) => row.reference)}::text[],
      ${lines.map((row) => row.actor)}::text[],
      ${lines.map((row) => row.reason)}::text[],
      ${plainArray(lines.map((row) => row.occurred_at.toISOString()))}::timestamptz[]
    )
  `;
  return true;
}
