import type { OrderId, PaymentId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { Money } from '../core/money.value.ts';
import type { PaymentsEvent } from './payment.events.ts';

/** Ways to pay that the shop offers; `manual` is cash on delivery or a bank transfer. */
export const PAYMENT_METHODS = ['manual'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

export type PaymentState = {
  readonly id: PaymentId;
  readonly orderId: OrderId;
  readonly method: PaymentMethod;
  readonly amount: Money;
  /** Asked for, and not yet there. */
  readonly status: 'pending';
  readonly createdAt: Instant;
};

/** Money that an order is to bring. */
export class Payment {
  readonly state: PaymentState;
  readonly version: number;
  readonly pending: readonly PaymentsEvent[];

  private constructor(state: PaymentState, version: number, pending: readonly PaymentsEvent[]) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  static request(input: {
    id: PaymentId;
    orderId: OrderId;
    method: PaymentMethod;
    amount: Money;
    at: Instant;
  }): Payment {
    const { id, orderId, method, amount, at } = input;
    return new Payment({ id, orderId, method, amount, status: 'pending', createdAt: at }, 1, [
      {
        type: 'payments.payment_requested',
        schemaVersion: 1,
        aggregateId: id,
        aggregateVersion: 1,
        occurredAt: at,
        payload: { paymentId: id, orderId, method, amount: amount.toJSON() },
      },
    ]);
  }
}
