import { describe, expect, it } from 'vitest';

import type { Currency } from '@kastoma/domain/core';

import { flatShippingRates } from './flat-shipping-rates.ts';

describe('the shipping rates of a new shop', () => {
  it.each([
    ['USD', '5.99 12.99 24.99 15.99', '100.00'],
    ['KWD', '5.990 12.990 24.990 15.990', '100.000'],
    ['JPY', '6 13 25 16', '100'],
  ])('are written in its currency: %s', (currency, amounts, freeFrom) => {
    const rates = flatShippingRates(currency as Currency).flatMap((method) => method.rates);
    const charged = rates.flatMap(({ charge }) => (charge.type === 'flat' ? [charge.amount] : []));
    expect(charged.map((amount) => amount.toDecimal()).join(' ')).toBe(amounts);
    expect(rates.map((rate) => rate.freeFrom?.toDecimal())).toEqual([
      freeFrom,
      undefined,
      undefined,
      undefined,
    ]);
    expect(new Set(charged.map((amount) => amount.currency))).toEqual(new Set([currency]));
  });
});
