import { describe, expect, test } from 'vitest';

import { parseCurrency } from '../core/currency.value.ts';
import type { OrderId, PaymentId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import { Payment } from './payment.aggregate.ts';

const amount = Money.of(2599n, parseCurrency('USD')._unsafeUnwrap())._unsafeUnwrap();
const payment = Payment.request({
  id: 'payment' as PaymentId,
  orderId: 'order' as OrderId,
  method: 'manual',
  amount,
  at: 1_000 as Instant,
});

describe('a payment', () => {
  test('is asked for, and pending until the money is there', () => {
    expect(payment.version).toBe(1);
    expect(payment.state).toEqual({
      id: 'payment',
      orderId: 'order',
      method: 'manual',
      amount,
      status: 'pending',
      createdAt: 1_000,
    });
  });

  test('is announced with the amount as it travels', () => {
    expect(payment.pending).toEqual([
      {
        type: 'payments.payment_requested',
        schemaVersion: 1,
        aggregateId: 'payment',
        aggregateVersion: 1,
        occurredAt: 1_000,
        payload: {
          paymentId: 'payment',
          orderId: 'order',
          method: 'manual',
          amount: { amount: '25.99', currency: 'USD' },
        },
      },
    ]);
  });

  test('cannot be changed', () => {
    expect(Object.isFrozen(payment)).toBe(true);
    expect(Object.isFrozen(payment.state)).toBe(true);
  });
});
