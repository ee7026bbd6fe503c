import { describe, expect, test } from 'vitest';

import type { Currency } from '../core/currency.value.ts';
import { Defect } from '../core/defect.ts';
import type { FulfilmentId, OrderItemId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { Money } from '../core/money.value.ts';
import type { Fulfilment } from './fulfilment.value.ts';
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

describe('the goods of an order', () => {
  const items = [{ quantity: 2 }, { quantity: 1 }];
  const parcel = (...quantities: readonly number[]): Fulfilment => ({
    id: 'parcel' as FulfilmentId,
    lines: quantities.map((quantity) => ({ itemId: 'item' as OrderItemId, quantity })),
    carrier: null,
    trackingNumber: null,
    at: 0 as Instant,
  });

  test.each([
    ['unfulfilled', []],
    ['partially_fulfilled', [parcel(1)]],
    ['partially_fulfilled', [parcel(1, 1)]],
    ['fulfilled', [parcel(2, 1)]],
    ['fulfilled', [parcel(1), parcel(1), parcel(1)]],
  ] as const)('are %s by the units that have left', (status, fulfilments) => {
    expect(fulfilmentStatusOf({ items, fulfilments, refunds: [] })).toBe(status);
  });

  test('are fulfilled without the units that were paid back before they left', () => {
    const none = Money.of(0n, 'USD' as Currency)._unsafeUnwrap();
    const line = { itemId: 'item' as OrderItemId, quantity: 2, amount: none, tax: none };
    const standing = (withheld: number, ...left: readonly number[]) =>
      fulfilmentStatusOf({
        items,
        fulfilments: left.length === 0 ? [] : [parcel(...left)],
        refunds: [{ lines: [{ ...line, withheld }] }],
      });
    expect(standing(0, 1)).toBe('partially_fulfilled');
    expect(standing(2, 1)).toBe('fulfilled');
    expect(standing(3)).toBe('unfulfilled');
  });
});

describe('the status of a stored payment', () => {
  test.each(PAYMENT_STATUSES)('is read as it was written: %s', (status) => {
    expect(restorePaymentStatus(status)).toBe(status);
  });

  test('that nobody knows is a defect, and never shown as another one', () => {
    expect(() => restorePaymentStatus('lost')).toThrow(Defect);
  });
});
