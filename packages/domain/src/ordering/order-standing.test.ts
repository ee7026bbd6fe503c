import { describe, expect, test } from 'vitest';

import { Defect } from '../core/defect.ts';
import {
  fulfilmentStatusOf,
  PAYMENT_STATUSES,
  paymentStatusOf,
  restorePaymentStatus,
  type PaymentStatus,
} from './order-standing.ts';

const standing = (...statuses: readonly PaymentStatus[]) =>
  paymentStatusOf(statuses.map((status) => ({ status })));

describe('the money of an order', () => {
  test('is pending while nobody has been asked for it', () => {
    expect(standing()).toBe('pending');
  });

  test.each(PAYMENT_STATUSES)('stands as its only payment does: %s', (status) => {
    expect(standing(status)).toBe(status);
  });

  test('stands as the latest payment that may still bring it', () => {
    expect(standing('failed', 'paid')).toBe('paid');
    expect(standing('paid', 'failed')).toBe('paid');
    expect(standing('authorized', 'voided', 'failed')).toBe('authorized');
    expect(standing('refunded', 'pending')).toBe('pending');
  });

  test('stands as the latest one when none may', () => {
    expect(standing('failed', 'voided')).toBe('voided');
    expect(standing('voided', 'failed')).toBe('failed');
  });
});

test('of a new order nothing is fulfilled', () => {
  expect(fulfilmentStatusOf()).toBe('unfulfilled');
});

describe('the status of a stored payment', () => {
  test.each(PAYMENT_STATUSES)('is read as it was written: %s', (status) => {
    expect(restorePaymentStatus(status)).toBe(status);
  });

  test('that nobody knows is a defect, and never shown as another one', () => {
    expect(() => restorePaymentStatus('lost')).toThrow(Defect);
  });
});
