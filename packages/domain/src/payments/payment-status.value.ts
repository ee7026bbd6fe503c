import { isOpen } from './payment-operation.ts';
import type { PaymentState } from './payment.state.ts';

/** How the money of a payment stands. */
export type PaymentStatus =
  | 'pending'
  | 'authorized'
  | 'paid'
  | 'partially_refunded'
  | 'refunded'
  | 'failed'
  | 'voided';

/** Derived from what has moved: no order in which reports come can make two answers of it. */
export function statusOf({ amount, moved, operations, abandonedAt }: PaymentState): PaymentStatus {
  const { authorized, captured, refunded, isReleased } = moved;
  if (captured.minorUnits > 0n) {
    if (refunded.minorUnits === 0n) return 'paid';
    return refunded.minorUnits < captured.minorUnits ? 'partially_refunded' : 'refunded';
  }
  if (isReleased) return 'voided';
  if (authorized.minorUnits > 0n) return 'authorized';
  const last = operations.findLast(({ kind }) => kind === 'authorize');
  if (last?.outcome.name === 'declined') return 'failed';
  if (abandonedAt !== null && !operations.some(isOpen)) return 'voided';
  // Whoever has nothing to pay has paid.
  return amount.minorUnits === 0n ? 'paid' : 'pending';
}
