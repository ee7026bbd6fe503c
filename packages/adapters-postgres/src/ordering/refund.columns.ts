import type { Currency, OrderItemId, RefundId } from '@kastoma/domain/core';
import type { OrderRefund } from '@kastoma/domain/ordering';

import type { Queryable } from '../core/database.ts';
import { restoreMoney } from '../core/money.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

/** A refund as a document of its order's row: amounts are minor units in decimal text, and a time is text. */
export type RefundColumn = {
  readonly id: RefundId;
  readonly reason: string;
  readonly amount: string;
  readonly tax: string;
  readonly shipping_amount: string | null;
  readonly shipping_tax: string | null;
  readonly refunded_at: string;
  readonly lines: readonly {
    readonly item_id: OrderItemId;
    readonly quantity: number;
    readonly withheld: number;
    readonly amount: string;
    readonly tax: string;
  }[];
};

/** The refunds of an order of the statement around it, the oldest first. */
export function refundsOf(sql: Queryable) {
  return sql`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', refund.id,
      'reason', refund.reason,
      'amount', refund.amount::text,
      'tax', refund.tax::text,
      'shipping_amount', refund.shipping_amount::text,
      'shipping_tax', refund.shipping_tax::text,
      'refunded_at', refund.refunded_at,
      'lines', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'item_id', item.id, 'quantity', line.quantity, 'withheld', line.withheld,
          'amount', line.amount::text, 'tax', line.tax::text
        ) order by item.position), '[]')
        from ordering.refund_lines line
        join ordering.order_items item on item.id = line.order_item_id
        where line.refund_id = refund.id
      )
    ) order by refund.position), '[]')
    from ordering.refunds refund
    where refund.order_id = orders.id
  )`;
}

export function toRefunds(
  columns: readonly RefundColumn[],
  currency: Currency,
): readonly OrderRefund[] {
  const part = (amount: string, tax: string) => ({
    amount: restoreMoney(BigInt(amount), currency),
    tax: restoreMoney(BigInt(tax), currency),
  });
  return columns.map((column) => ({
    id: column.id,
    reason: column.reason,
    at: fromTimestamp(new Date(column.refunded_at)),
    ...part(column.amount, column.tax),
    lines: column.lines.map(({ item_id: itemId, quantity, withheld, amount, tax }) => ({
      itemId,
      quantity,
      withheld,
      ...part(amount, tax),
    })),
    shipping:
      column.shipping_amount === null
        ? null
        : part(column.shipping_amount, column.shipping_tax ?? '0'),
  }));
}

/** Writes refunds down with their places among all of the order. */
export async function insertRefunds(
  sql: Queryable,
  orderId: string,
  refunds: readonly { readonly position: number; readonly refund: OrderRefund }[],
): Promise<void> {
  if (refunds.length === 0) return;
  const rows = refunds.map(({ position, refund }) => ({
    id: refund.id,
    order_id: orderId,
    position,
    reason: refund.reason,
    amount: refund.amount.minorUnits,
    tax: refund.tax.minorUnits,
    shipping_amount: refund.shipping?.amount.minorUnits ?? null,
    shipping_tax: refund.shipping?.tax.minorUnits ?? null,
    refunded_at: toTimestamp(refund.at),
  }));
  const lines = refunds.flatMap(({ refund }) =>
    refund.lines.map(({ itemId, quantity, withheld, amount, tax }) => ({
      refund_id: refund.id,
      order_item_id: itemId,
      quantity,
      withheld,
      amount: amount.minorUnits,
      tax: tax.minorUnits,
    })),
  );
  await sql`insert into ordering.refunds ${sql(rows)}`;
  if (lines.length > 0) await sql`insert into ordering.refund_lines ${sql(lines)}`;
}
