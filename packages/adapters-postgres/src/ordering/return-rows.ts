import type { OrderId, OrderItemId, RefundId, ReturnId } from '@kastoma/domain/core';
import { Return, type ReturnStatus, type ReturnStatusName } from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp } from '../core/timestamp.ts';

export type ReturnRow = {
  id: ReturnId;
  order_id: OrderId;
  reason: string;
  status: ReturnStatusName;
  requested_at: Date;
  ended_at: Date | null;
  refund_id: RefundId | null;
  exchange_order_id: OrderId | null;
  version: number;
  lines: readonly {
    readonly item_id: OrderItemId;
    readonly quantity: number;
    readonly received: number;
    readonly restock: boolean;
  }[];
};

/** Returns of an order with their lines, the oldest first. */
export async function readReturns(
  sql: Queryable,
  orderId: OrderId,
  id: ReturnId | null = null,
): Promise<readonly Return[]> {
  const rows = await sql<ReturnRow[]>`
    select
      id, order_id, reason, status, requested_at, ended_at, refund_id, exchange_order_id, version,
      (
        select jsonb_agg(jsonb_build_object(
          'item_id', order_item_id, 'quantity', quantity, 'received', received, 'restock', restock
        ) order by position)
        from ordering.return_lines
        where return_id = returns.id
      ) as lines
    from ordering.returns
    where order_id = ${orderId} ${id === null ? sql`` : sql`and id = ${id}`}
    order by requested_at, id
  `;
  return rows.map(toReturn);
}

function toReturn(row: ReturnRow): Return {
  return Return.restore(
    {
      id: row.id,
      orderId: row.order_id,
      lines: row.lines.map(({ item_id: itemId, ...line }) => ({ itemId, ...line })),
      reason: row.reason,
      status: toStatus(row),
      refundId: row.refund_id,
      exchangeOrderId: row.exchange_order_id,
      requestedAt: fromTimestamp(row.requested_at),
    },
    row.version,
  );
}

function toStatus({ status: name, requested_at, ended_at }: ReturnRow): ReturnStatus {
  return name === 'requested' ? { name } : { name, at: fromTimestamp(ended_at ?? requested_at) };
}
