import type { OrderId, PaymentId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { Money } from '../core/money.value.ts';
import type { MovedMoney } from './moved-money.value.ts';
import type { PaymentOperation } from './payment-operation.ts';

/**
 * Ways to pay: `manual` is cash on delivery or a bank transfer, `test` a gateway inside the process that moves no
 * money, `stripe` the provider of that name. Which of them a shop offers is a matter of its settings.
 */
export const PAYMENT_METHODS = ['manual', 'test', 'stripe'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** Money in hand is taken without a promise; anybody else is asked for one first. */
export function needsPromise(method: PaymentMethod): boolean {
  return method !== 'manual';
}

export type PaymentState = {
  readonly id: PaymentId;
  readonly orderId: OrderId;
  readonly method: PaymentMethod;
  readonly amount: Money;
  /** What the provider calls it; null until it was asked. */
  readonly reference: string | null;
  readonly moved: MovedMoney;
  /** The oldest first. */
  readonly operations: readonly PaymentOperation[];
  /** Since when the order cannot be kept: what came in for it goes back. */
  readonly abandonedAt: Instant | null;
  readonly createdAt: Instant;
};
