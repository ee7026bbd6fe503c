import { describe, expect, test } from 'vitest';

import { Rate } from './rate.value.ts';

const rate = (percentage: string) => Rate.parsePercentage(percentage)._unsafeUnwrap();

describe('a rate is exactly what its text says', () => {
  test.each([
    ['0', 0n, 1n],
    ['0.000000', 0n, 1n],
    ['19', 19n, 100n],
    ['20', 1n, 5n],
    ['8.875', 71n, 800n],
    ['33.333333', 33_333_333n, 100_000_000n],
    ['0.000001', 1n, 100_000_000n],
    ['100', 1n, 1n],
    ['100.000000', 1n, 1n],
  ])('%s %% is %s / %s', (percentage, numerator, denominator) => {
    expect(rate(percentage)).toMatchObject({ numerator, denominator });
  });

  test.each(['0', '0.000001', '0.5', '7', '10', '8.875', '19', '99.999999', '100'])(
    '%s is written as it was read',
    (percentage) => {
      expect(rate(percentage).toPercentage()).toBe(percentage);
      expect(JSON.stringify({ rate: rate(percentage) })).toBe(`{"rate":"${percentage}"}`);
    },
  );

  test('needless digits are dropped', () => {
    expect(rate('20.500').toPercentage()).toBe('20.5');
    expect(rate('20.000').toPercentage()).toBe('20');
    expect(rate('10.050').toPercentage()).toBe('10.05');
  });
});

describe('text that is no rate is refused', () => {
  test.each([
    ['', 'nothing'],
    ['-1', 'a sign'],
    ['+1', 'a plus sign'],
    ['1e1', 'an exponent'],
    ['01', 'a leading zero'],
    ['1.', 'a point and nothing after it'],
    ['.5', 'nothing before the point'],
    ['1.1234567', 'seven digits'],
    ['1,5', 'a comma'],
    ['1.5 ', 'a blank after it'],
    [' 1.5', 'a blank before it'],
    ['19%', 'a percent sign'],
    ['1000', 'four digits'],
    ['NaN', 'no number'],
    ['Infinity', 'no end'],
    ['١٩', 'Arabic digits'],
    ['9'.repeat(10_000), 'ten thousand digits'],
    [`1.${'0'.repeat(31)}`, 'more digits than anybody means'],
  ])('%#: %s', (percentage) => {
    expect(Rate.parsePercentage(percentage)._unsafeUnwrapErr()).toEqual({
      code: 'core.malformed_percentage',
      percentage,
      digits: 6,
    });
  });

  test.each(['100.000001', '101', '999', '999.999999'])('%s is more than all', (percentage) => {
    expect(Rate.parsePercentage(percentage)._unsafeUnwrapErr()).toEqual({
      code: 'core.rate_out_of_bounds',
      percentage,
    });
  });
});

describe('a rate of an amount', () => {
  test('is rounded once', () => {
    expect(rate('8.875').of(10_000n, 'half_up')).toBe(888n);
    expect(rate('8.875').of(10_000n, 'half_even')).toBe(888n);
    expect(rate('50').of(1n, 'half_up')).toBe(1n);
    expect(rate('50').of(1n, 'half_even')).toBe(0n);
    expect(rate('50').of(-1n, 'half_up')).toBe(-1n);
    expect(rate('100').of(12_345n, 'half_up')).toBe(12_345n);
    expect(rate('0').of(12_345n, 'half_up')).toBe(0n);
  });

  test('that holds it already is the part that was added', () => {
    expect(rate('19').includedIn(11_900n, 'half_up')).toBe(1_900n);
    expect(rate('20').includedIn(100n, 'half_up')).toBe(17n);
    expect(rate('100').includedIn(3n, 'half_up')).toBe(2n);
    expect(rate('100').includedIn(1n, 'half_even')).toBe(0n);
    expect(rate('0').includedIn(100n, 'half_up')).toBe(0n);
  });
});

describe('rates are values', () => {
  test('equal ones are equal however they were written', () => {
    expect(rate('20').equals(rate('20.00'))).toBe(true);
    expect(rate('20').equals(rate('40'))).toBe(false);
    expect(rate('50').equals(rate('100'))).toBe(false);
    expect(rate('1').equals(rate('2'))).toBe(false);
    expect(rate('1').equals(rate('3'))).toBe(false);
  });

  test('only nothing is zero', () => {
    expect(rate('0').isZero).toBe(true);
    expect(rate('0.000001').isZero).toBe(false);
  });

  test('nobody can change them', () => {
    expect(Object.isFrozen(rate('19'))).toBe(true);
  });
});
