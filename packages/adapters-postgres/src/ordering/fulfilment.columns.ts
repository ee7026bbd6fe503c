import type { FulfilmentId, OrderItemId } from '@kastoma/domain/core';
import type { Fulfilment } from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

/** A parcel as a document of its order's row; a time in it is text. */
export type FulfilmentColumn = {
  readonly id: FulfilmentId;
  readonly carrier: string | null;
  readonly tracking_number: string | null;
  readonly shipped_at: string;
  readonly lines: readonly { readonly item_id: OrderItemId; readonly quantity: number }[];
};

/** The parcels of an order of the statement around it, the oldest first. */
export function fulfilmentsOf(sql: Queryable) {
  return sql`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', fulfilment.id,
      'carrier', fulfilment.carrier,
      'tracking_number', fulfilment.tracking_number,
      'shipped_at', fulfilment.shipped_at,
      'lines', (
        select jsonb_agg(
          jsonb_build_object('item_id', item.id, 'quantity', line.quantity) order by item.position
        )
        from ordering.fulfilment_lines line
        join ordering.order_items item on item.id = line.order_item_id
        where line.fulfilment_id = fulfilment.id
      )
    ) order by fulfilment.position), '[]')
    from ordering.fulfilments fulfilment
    where fulfilment.order_id = orders.id
  )`;
}

export function toFulfilments(columns: readonly FulfilmentColumn[]): readonly Fulfilment[] {
  return columns.map((column) => ({
    id: column.id,
    lines: column.lines.map(({ item_id: itemId, quantity }) => ({ itemId, quantity })),
    carrier: column.carrier,
    trackingNumber: column.tracking_number,
    at: fromTimestamp(new Date(column.shipped_at)),
  }));
}

/** Writes parcels down with their places among all of the order. */
export async function insertFulfilments(
  sql: Queryable,
  orderId: string,
  fulfilments: readonly { readonly position: number; readonly fulfilment: Fulfilment }[],
): Promise<void> {
  if (fulfilments.length === 0) return;
  const rows = fulfilments.map(({ position, fulfilment }) => ({
    id: fulfilment.id,
    order_id: orderId,
    position,
    carrier: fulfilment.carrier,
    tracking_number: fulfilment.trackingNumber,
    shipped_at: toTimestamp(fulfilment.at),
  }));
  const lines = fulfilments.flatMap(({ fulfilment }) =>
    fulfilment.lines.map(({ itemId, quantity }) => ({
      fulfilment_id: fulfilment.id,
      order_item_id: itemId,
      quantity,
    })),
  );
  await sql`insert into ordering.fulfilments ${sql(rows)}`;
  await sql`insert into ordering.fulfilment_lines ${sql(lines)}`;
}
