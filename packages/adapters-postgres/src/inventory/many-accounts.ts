import type { RecordedMovement } from '@kastoma/application/inventory';
import type { Moved, Stock } from '@kastoma/domain/inventory';

import type { Queryable } from '../core/database.ts';
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
  const written = await sql`
    insert into inventory.stock as stock (
      variant_id, location_id, on_hand, reserved, tracking, backorder_limit, reorder_point, version
    )
    select
      variant_id, location_id, on_hand, reserved, tracking, backorder_limit, reorder_point, version
    from jsonb_to_recordset(${sql.json(changes.map(({ moved }) => toStockRow(moved.stock)))}) as account (
      variant_id uuid, location_id uuid, on_hand integer, reserved integer, tracking text,
      backorder_limit integer, reorder_point integer, version integer
    )
    on conflict (variant_id, location_id) do update
    set on_hand = excluded.on_hand, version = excluded.version
    where stock.version = excluded.version - 1
  `;
  if (written.count !== changes.length) return false;
  if (movements.length === 0) return true;
  await sql`
    insert into inventory.movements (
      id, variant_id, location_id, type, on_hand_delta, reserved_delta, on_hand_after,
      reserved_after, reference, actor, reason, occurred_at
    )
    select
      id, variant_id, location_id, type, on_hand_delta, reserved_delta, on_hand_after,
      reserved_after, reference, actor, reason, occurred_at
    from jsonb_to_recordset(${sql.json(movements.map(toMovementRow))}) as line (
      id uuid, variant_id uuid, location_id uuid, type text, on_hand_delta integer,
      reserved_delta integer, on_hand_after integer, reserved_after integer, reference text,
      actor text, reason text, occurred_at timestamptz
    )
  `;
  return true;
}
