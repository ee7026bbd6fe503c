import { err, ok, type Result } from 'neverthrow';

import { defect } from '../core/defect.ts';
import type { CurrencyMismatch, Money } from '../core/money.value.ts';
import { moneyOf } from './known-money.ts';
import {
  hasOpen,
  openAmount,
  type OperationKind,
  type PaymentOperation,
} from './payment-operation.ts';
import { statusOf } from './payment-status.value.ts';
import type { AmountNotPositive, AmountTooLarge } from './payment.errors.ts';
import { needsPromise, type PaymentState } from './payment.state.ts';

/** What may still be captured: what was promised less what came in or is about to. Money in hand needs no promise. */
export function capturableOf({ method, amount, moved, operations, abandonedAt }: PaymentState) {
  const isOver = moved.isReleased || abandonedAt !== null || hasOpen(operations, 'void');
  const promised = needsPromise(method) ? moved.authorized : amount;
  const taken = moved.captured.minorUnits + openAmount(operations, 'capture');
  return moneyOf(isOver ? 0n : promised.minorUnits - taken, amount);
}

/** What may still be paid back: what came in less what went back or is about to. */
export function refundableOf({ amount, moved, operations }: PaymentState): Money {
  const gone = moved.refunded.minorUnits + openAmount(operations, 'refund');
  return moneyOf(moved.captured.minorUnits - gone, amount);
}

/** One promise is asked for once: whoever was refused makes another payment. */
export function mayAuthorize(state: PaymentState): boolean {
  return (
    statusOf(state) === 'pending' &&
    needsPromise(state.method) &&
    state.abandonedAt === null &&
    !state.operations.some(({ kind }) => kind === 'authorize')
  );
}

/** What was promised is let go before any of it came in; so is what an abandoned payment may still be promised. */
export function mayVoid(state: PaymentState): boolean {
  const { operations, abandonedAt, reference, moved } = state;
  if (hasOpen(operations, 'void') || hasOpen(operations, 'capture')) return false;
  if (statusOf(state) === 'authorized') return true;
  const mayBePromised = hasOpen(operations, 'authorize') && reference !== null;
  return abandonedAt !== null && mayBePromised && moved.captured.minorUnits === 0n;
}

/** Whether a provider has refused it, and nothing has taken its place: what a refund pays out is asked for anew once. */
export function isOwed({ operations }: PaymentState, refused: PaymentOperation): boolean {
  const { refundId, outcome } = refused;
  const isMadeUpFor = operations.some(
    (other) =>
      refundId !== null && other.refundId === refundId && other.outcome.name !== 'declined',
  );
  return outcome.name === 'declined' && !isMadeUpFor;
}

/** An amount that is asked for, where there is as much. */
export function within(
  amount: Money,
  most: Money,
  operation: OperationKind,
): Result<Money, AmountTooLarge | AmountNotPositive | CurrencyMismatch> {
  return most.minus(amount).match(
    (left) => {
      if (amount.minorUnits <= 0n) return err({ code: 'payments.amount_not_positive' as const });
      return left.isNegative
        ? err({ code: 'payments.amount_too_large' as const, operation, most: most.toJSON() })
        : ok(amount);
    },
    (error) =>
      error.code === 'core.currency_mismatch'
        ? err(error)
        : defect('The difference of two amounts of a payment is beyond all money.'),
  );
}
