import type {
  Currency,
  Instant,
  OrderId,
  PaymentId,
  PaymentOperationId,
  RefundId,
} from '@kastoma/domain/core';
import {
  Payment,
  type OperationKind,
  type OperationOutcome,
  type PaymentMethod,
  type PaymentOperation,
} from '@kastoma/domain/payments';

import type { Queryable } from '../core/database.ts';
import { restoreMoney } from '../core/money.ts';
import { fromTimestamp } from '../core/timestamp.ts';

/** A payment beside one of its operations; without any, the operation's columns are null. */
export type PaymentRow = {
  id: PaymentId;
  order_id: OrderId;
  method: PaymentMethod;
  amount: bigint;
  currency: Currency;
  authorized: bigint;
  captured: bigint;
  refunded: bigint;
  is_released: boolean;
  reference: string | null;
  abandoned_at: Date | null;
  created_at: Date;
  version: number;
  operation_id: PaymentOperationId | null;
  kind: OperationKind;
  operation_amount: bigint;
  token: string | null;
  refund_id: RefundId | null;
  outcome: OperationOutcome['name'];
  reason: string | null;
  requested_at: Date;
  settled_at: Date | null;
};

/** Payments with their operations, each the oldest first. */
export function paymentsWithOperations(sql: Queryable) {
  return sql`
    select
      payment.id, payment.order_id, payment.method, payment.amount, payment.currency,
      payment.authorized, payment.captured, payment.refunded, payment.is_released,
      payment.reference, payment.abandoned_at, payment.created_at, payment.version,
      operation.id as operation_id, operation.kind, operation.amount as operation_amount, operation.token,
      operation.refund_id, operation.outcome, operation.reason, operation.requested_at, operation.settled_at
    from payments.payments payment
    left join payments.operations operation on operation.payment_id = payment.id
  `;
}

export function inOrder(sql: Queryable) {
  return sql`order by payment.created_at, payment.id, operation.position`;
}

/** One payment each, in the order of the rows. */
export function toPayments(rows: readonly PaymentRow[]): readonly Payment[] {
  const ids = [...new Set(rows.map(({ id }) => id))];
  return ids.flatMap((id) => {
    const own = rows.filter((row) => row.id === id);
    const [first] = own;
    return first === undefined ? [] : [toPayment(first, own)];
  });
}

function toPayment(row: PaymentRow, rows: readonly PaymentRow[]): Payment {
  const money = (minorUnits: bigint) => restoreMoney(minorUnits, row.currency);
  return Payment.restore(
    {
      id: row.id,
      orderId: row.order_id,
      method: row.method,
      amount: money(row.amount),
      reference: row.reference,
      moved: {
        authorized: money(row.authorized),
        captured: money(row.captured),
        refunded: money(row.refunded),
        isReleased: row.is_released,
      },
      operations: rows.flatMap((own) => toOperation(own)),
      abandonedAt: row.abandoned_at === null ? null : fromTimestamp(row.abandoned_at),
      createdAt: fromTimestamp(row.created_at),
    },
    row.version,
  );
}

function toOperation(row: PaymentRow): readonly PaymentOperation[] {
  if (row.operation_id === null) return [];
  return [
    {
      id: row.operation_id,
      kind: row.kind,
      amount: restoreMoney(row.operation_amount, row.currency),
      token: row.token,
      refundId: row.refund_id,
      outcome: toOutcome(row),
      requestedAt: fromTimestamp(row.requested_at),
    },
  ];
}

function toOutcome({ outcome, reason, settled_at }: PaymentRow): OperationOutcome {
  if (outcome === 'open') return { name: 'open' };
  const at: Instant = fromTimestamp(settled_at ?? new Date(Number.NaN));
  return outcome === 'succeeded'
    ? { name: 'succeeded', at }
    : { name: 'declined', reason: reason ?? '', at };
}
