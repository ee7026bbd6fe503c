import { describe, expect, test } from 'vitest';

import { ALL_CURRENCIES, minorUnitDigits, parseCurrency } from './currency.value.ts';

describe('the currencies of ISO 4217', () => {
  test.each([
    ['JPY', 0],
    ['KRW', 0],
    ['ISK', 0],
    ['UGX', 0],
    ['CLP', 0],
    ['PYG', 0],
    ['VND', 0],
    ['RWF', 0],
    ['UYI', 0],
    ['XAF', 0],
    ['USD', 2],
    ['EUR', 2],
    ['HUF', 2],
    ['COP', 2],
    ['TWD', 2],
    ['IDR', 2],
    ['IRR', 2],
    ['LAK', 2],
    ['MGA', 2],
    ['MRU', 2],
    ['CRC', 2],
    ['XAD', 2],
    ['XCG', 2],
    ['ZWG', 2],
    ['BHD', 3],
    ['IQD', 3],
    ['JOD', 3],
    ['KWD', 3],
    ['LYD', 3],
    ['OMR', 3],
    ['TND', 3],
    ['CLF', 4],
    ['UYW', 4],
  ])('%s has %i digits after the point', (code, digits) => {
    expect(minorUnitDigits(parseCurrency(code)._unsafeUnwrap())).toBe(digits);
  });

  test.each([
    ['ANG', 'became XCG in 2025'],
    ['BGN', 'became EUR in 2026'],
    ['CUC', 'withdrawn in 2021'],
    ['DEM', 'became EUR'],
    ['HRK', 'became EUR in 2023'],
    ['SLL', 'became SLE'],
    ['VEF', 'became VES'],
    ['ZWL', 'became ZWG in 2024'],
  ])('%s is withdrawn: %s', (code) => {
    expect(parseCurrency(code)._unsafeUnwrapErr()).toEqual({
      code: 'core.unknown_currency',
      currency: code,
    });
  });

  test.each(['XAU', 'XAG', 'XDR', 'XSU', 'XUA', 'XBA', 'XTS', 'XXX'])(
    'nothing is priced in %s, which has no minor unit',
    (code) => {
      expect(parseCurrency(code).isErr()).toBe(true);
    },
  );

  test.each(['usd', 'Usd', ' USD', 'USD ', 'US', 'USDX', '', 'US\0', 'ＵＳＤ', '__proto__'])(
    '%j is not how the standard writes a code',
    (text) => {
      expect(parseCurrency(text).isErr()).toBe(true);
    },
  );

  test('each code stands once in the list, in order, and reads as itself', () => {
    expect(ALL_CURRENCIES).toHaveLength(165);
    expect(ALL_CURRENCIES).toEqual([...new Set(ALL_CURRENCIES)].toSorted());
    expect(ALL_CURRENCIES.map((code) => parseCurrency(code)._unsafeUnwrap())).toEqual(
      ALL_CURRENCIES,
    );
  });

  test('no code has another number of digits than the standard knows', () => {
    const counts = Map.groupBy(ALL_CURRENCIES, minorUnitDigits);
    const howMany = (digits: number) => counts.get(digits)?.length;
    expect(counts.size).toBe(4);
    expect([0, 2, 3, 4].map(howMany)).toEqual([17, 139, 7, 2]);
  });
});
