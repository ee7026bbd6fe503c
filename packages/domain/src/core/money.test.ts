import { describe, expect, test } from 'vitest';

import { parseCurrency, type Currency } from './currency.value.ts';
import { LARGEST_MINOR_UNITS, Money } from './money.value.ts';
import { parseQuantity } from './quantity.value.ts';

const currency = (code: string): Currency => parseCurrency(code)._unsafeUnwrap();
const money = (minorUnits: bigint, code: string) =>
  Money.of(minorUnits, currency(code))._unsafeUnwrap();
const parse = (amount: string, code: string) => Money.parse({ amount, currency: code });

describe('an amount is written with the digits of its currency', () => {
  test.each([
    [1999n, 'USD', '19.99'],
    [-5n, 'USD', '-0.05'],
    [0n, 'USD', '0.00'],
    [1200n, 'JPY', '1200'],
    [-1n, 'JPY', '-1'],
    [0n, 'JPY', '0'],
    [1n, 'KWD', '0.001'],
    [-12345n, 'KWD', '-12.345'],
    [1n, 'CLF', '0.0001'],
    [123456n, 'CLF', '12.3456'],
    [LARGEST_MINOR_UNITS, 'USD', '92233720368547758.07'],
    [-LARGEST_MINOR_UNITS, 'CLF', '-922337203685477.5807'],
  ])('%s minor units of %s are %s', (minorUnits, code, amount) => {
    expect(money(minorUnits, code).toJSON()).toEqual({ amount, currency: code });
    expect(parse(amount, code)._unsafeUnwrap().minorUnits).toBe(minorUnits);
  });
});

describe('an amount that is not written like that is refused', () => {
  test.each([
    ['19.9', 'too few digits'],
    ['19.999', 'too many digits'],
    ['19', 'no digits'],
    ['19.', 'a point and nothing after it'],
    ['.99', 'nothing before the point'],
    ['1e3', 'an exponent'],
    ['1.00e2', 'an exponent after the digits'],
    ['+19.99', 'a plus sign'],
    ['--19.99', 'two signs'],
    ['-', 'a sign alone'],
    ['019.99', 'a leading zero'],
    ['00.00', 'two leading zeros'],
    [' 19.99', 'a blank before it'],
    ['19.99 ', 'a blank after it'],
    ['19.99\n', 'a line break after it'],
    ['1 999.00', 'a blank in it'],
    ['1,999.00', 'a separator of thousands'],
    ['19,99', 'a decimal comma'],
    ['１９.９９', 'full-width digits'],
    ['٣.٠٠', 'Arabic digits'],
    ['19.99\0', 'a NUL'],
    ['-0.00', 'a negative zero'],
    ['', 'nothing'],
    ['NaN', 'no number'],
    ['Infinity', 'no end'],
    ['0x1.00', 'a hexadecimal number'],
  ])('%j: %s', (amount) => {
    expect(parse(amount, 'USD')._unsafeUnwrapErr()).toEqual({
      code: 'core.malformed_amount',
      amount,
      currency: 'USD',
      digits: 2,
    });
  });

  test('a currency without minor units takes no point', () => {
    expect(parse('19.00', 'JPY')._unsafeUnwrapErr()).toMatchObject({ digits: 0 });
    expect(parse('-0', 'JPY')._unsafeUnwrapErr()).toMatchObject({ digits: 0 });
  });

  test('a currency that nobody knows is named before its amount is read', () => {
    expect(parse('nonsense', 'XXX')._unsafeUnwrapErr()).toEqual({
      code: 'core.unknown_currency',
      currency: 'XXX',
    });
  });

  test('a text of millions of digits is refused without counting with it', () => {
    const startedAt = performance.now();
    expect(parse('9'.repeat(3_000_000), 'JPY')._unsafeUnwrapErr().code).toBe(
      'core.malformed_amount',
    );
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

describe('amounts fit 64 bits', () => {
  test.each([
    ['92233720368547758.08', 'USD'],
    ['-92233720368547758.08', 'USD'],
    ['9223372036854775808', 'JPY'],
    ['922337203685477.5808', 'CLF'],
    ['99999999999999999999999999999999', 'JPY'],
  ])('%s %s is out of bounds', (amount, code) => {
    expect(parse(amount, code)._unsafeUnwrapErr()).toEqual({
      code: 'core.money_out_of_bounds',
      currency: code,
    });
  });

  test('one unit beyond the bound is refused, on both sides and however it comes about', () => {
    const largest = money(LARGEST_MINOR_UNITS, 'JPY');
    const smallest = money(-LARGEST_MINOR_UNITS, 'JPY');
    const one = money(1n, 'JPY');
    const outOfBounds = { code: 'core.money_out_of_bounds', currency: 'JPY' };
    expect(largest.plus(one)._unsafeUnwrapErr()).toEqual(outOfBounds);
    expect(smallest.minus(one)._unsafeUnwrapErr()).toEqual(outOfBounds);
    expect(largest.times(parseQuantity(2)._unsafeUnwrap())._unsafeUnwrapErr()).toEqual(outOfBounds);
    expect(Money.of(-LARGEST_MINOR_UNITS - 1n, currency('JPY'))._unsafeUnwrapErr()).toEqual(
      outOfBounds,
    );
    expect(
      largest
        .minus(one)
        .andThen((less) => less.plus(one))
        ._unsafeUnwrap(),
    ).toEqual(largest);
  });
});

describe('money is a value', () => {
  test('equal amounts of one currency are equal, others are not', () => {
    expect(money(1n, 'USD').equals(money(1n, 'USD'))).toBe(true);
    expect(money(1n, 'USD').equals(money(2n, 'USD'))).toBe(false);
    expect(money(1n, 'USD').equals(money(1n, 'EUR'))).toBe(false);
  });

  test('only what is below zero is negative', () => {
    expect(money(-1n, 'USD').isNegative).toBe(true);
    expect(money(0n, 'USD').isNegative).toBe(false);
    expect(money(1n, 'USD').isNegative).toBe(false);
  });

  test('nobody can change it', () => {
    expect(Object.isFrozen(money(1n, 'USD'))).toBe(true);
  });

  test('as JSON it is its wire form', () => {
    expect(JSON.stringify({ price: money(1999n, 'USD') })).toBe(
      '{"price":{"amount":"19.99","currency":"USD"}}',
    );
  });
});
