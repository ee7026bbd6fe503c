import { describe, expect, it } from 'vitest';

import { readPrice, toDecimal } from './pennies.ts';

describe('reading a price', () => {
  it.each([
    ['2.55', 255n],
    ['2.1', 210n],
    ['18', 1800n],
    ['0', 0n],
    ['0.0', 0n],
    ['2.5500', 255n],
    ['-27.5', -2750n],
    ['123456789012.34', 12_345_678_901_234n],
  ])('%s is %s pennies', (text, pennies) => {
    expect(readPrice(text)).toEqual({ kind: 'pennies', pennies });
  });

  it('is exact where a float is not', () => {
    expect(readPrice('1.15')).toEqual({ kind: 'pennies', pennies: 115n });
    expect(readPrice('4.35')).toEqual({ kind: 'pennies', pennies: 435n });
  });

  it.each(['0.001', '2.555'])('%s has no whole number of pennies', (text) => {
    expect(readPrice(text)).toEqual({ kind: 'fraction_of_a_penny' });
  });

  it.each(['', ' ', '.5', '5.', '1e3', '1,50', '£2', '+1', '--1', '1.2.3', 'NaN', '1234567890123'])(
    '"%s" is no price',
    (text) => {
      expect(readPrice(text)).toEqual({ kind: 'malformed' });
    },
  );
});

describe('writing an amount', () => {
  it.each([
    [0n, '0.00'],
    [5n, '0.05'],
    [255n, '2.55'],
    [-5n, '-0.05'],
    [-2750n, '-27.50'],
    [100n, '1.00'],
  ])('%s pennies are %s', (pennies, text) => {
    expect(toDecimal(pennies)).toBe(text);
    expect(readPrice(text)).toEqual({ kind: 'pennies', pennies });
  });
});
