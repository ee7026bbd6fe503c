import type { PaymentOperationId, RefundId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { Money } from '../core/money.value.ts';

export const OPERATION_KINDS = ['authorize', 'capture', 'void', 'refund'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/**
 * Something that a provider is asked for. It is written down before the provider hears of it, and its id is
 * the key under which the provider is asked: whoever does not know how it went asks again, and moves no
 * money twice.
 */
export type PaymentOperation = {
  readonly id: PaymentOperationId;
  readonly kind: OperationKind;
  /** What is to be moved; for a void, what is to be let go. */
  readonly amount: Money;
  /** The provider's name for what is paid with, of a promise that was asked for with one. */
  readonly token: string | null;
  /** The refund of the order that it pays out; null of all else, and where an order cannot be kept. */
  readonly refundId: RefundId | null;
  readonly outcome: OperationOutcome;
  readonly requestedAt: Instant;
};

export type OperationOutcome =
  | { readonly name: 'open' }
  | { readonly name: 'succeeded'; readonly at: Instant }
  /** The provider's final no. */
  | { readonly name: 'declined'; readonly reason: string; readonly at: Instant };

/** What a provider said to one operation; of an answer that was lost there is none. */
export type OperationAnswer =
  | { readonly name: 'succeeded' }
  | { readonly name: 'declined'; readonly reason: string };

export function isOpen({ outcome }: PaymentOperation): boolean {
  return outcome.name === 'open';
}

export function hasOpen(operations: readonly PaymentOperation[], kind: OperationKind): boolean {
  return operations.some((operation) => operation.kind === kind && isOpen(operation));
}

/** Minor units that open operations of this kind may still move. */
export function openAmount(operations: readonly PaymentOperation[], kind: OperationKind): bigint {
  return amountOf(operations, kind, 'open');
}

/** Minor units that operations of this kind with this outcome are about. */
export function amountOf(
  operations: readonly PaymentOperation[],
  kind: OperationKind,
  outcome: OperationOutcome['name'],
): bigint {
  return operations
    .filter((operation) => operation.kind === kind && operation.outcome.name === outcome)
    .reduce((sum, { amount }) => sum + amount.minorUnits, 0n);
}
