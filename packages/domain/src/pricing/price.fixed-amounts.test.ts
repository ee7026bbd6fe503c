import { describe, expect, test } from 'vitest';

import {
  amountOff,
  discountOf,
  dollars,
  eachLine,
  eachPromotion,
  eachRejection,
  line,
  percentOff,
  promotion,
  quoteOf,
  stepsOf,
} from '../../test/cart.fixture.ts';

describe('an amount across the goods', () => {
  const five = promotion('five', amountOff('5.00'));

  test('is taken once, and borne by each line as it is worth', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00'), line('tea', '15.00', 2)],
      promotions: [five],
    });
    expect(eachLine(quote, 'discount')).toEqual({ cup: '1.25', tea: '3.75' });
    expect(stepsOf(quote, 'order_promotions')).toMatchObject([
      {
        rule: 'fixed_across',
        fixed: dollars('5.00'),
        eligible: { numerator: 4_000n, denominator: 1n },
        eligibleUnits: 3,
        exact: { numerator: 500n, denominator: 1n },
        amount: dollars('5.00'),
      },
    ]);
  });

  test('takes no more than the goods are worth', () => {
    const off = (unitPrice: string) =>
      quoteOf({ lines: [line('tea', unitPrice)], promotions: [five] });
    expect(off('5.01').totals.total).toEqual(dollars('0.01'));
    expect(off('5.00').totals.total).toEqual(dollars('0.00'));
    expect(off('4.99').totals.total).toEqual(dollars('0.00'));
    expect(stepsOf(off('4.99'), 'order_promotions')[0]).toMatchObject({
      fixed: dollars('5.00'),
      exact: { numerator: 499n, denominator: 1n },
      amount: dollars('4.99'),
    });
  });

  test('of some goods leaves the others alone', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00'), line('tea', '3.00')],
      promotions: [promotion('five', { ...amountOff('5.00'), target: { productIds: ['tea'] } })],
    });
    expect(eachLine(quote, 'discount')).toEqual({ cup: '0.00', tea: '3.00' });
    expect(stepsOf(quote, 'line_promotions')).toMatchObject([{ rule: 'fixed_across' }]);
  });

  test('across at most so many units takes no more than those are worth', () => {
    const off = (amount: string, maximumUnitsPerVariant: number) =>
      discountOf({
        lines: [line('tea', '10.00', 3)],
        promotions: [promotion('p', { ...amountOff(amount), maximumUnitsPerVariant })],
      });
    expect(off('5.00', 1)).toBe('5.00');
    expect(off('15.00', 1)).toBe('10.00');
    expect(off('15.00', 2)).toBe('15.00');
    expect(off('25.00', 2)).toBe('20.00');
    expect(off('35.00', 3)).toBe('30.00');
  });

  test('across a unit that is worth part of a cent is rounded once', () => {
    // Two units for 3 cents less one: one of three is worth two thirds of a cent.
    const quote = quoteOf({
      lines: [line('tea', '0.01', 3)],
      promotions: [
        promotion('a', amountOff('0.01'), { priority: 1 }),
        promotion('b', { ...amountOff('5.00'), maximumUnitsPerVariant: 1 }),
      ],
    });
    expect(stepsOf(quote, 'order_promotions')[1]).toMatchObject({
      eligible: { numerator: 2n, denominator: 3n },
      exact: { numerator: 2n, denominator: 3n },
      amount: dollars('0.01'),
    });
  });

  test('in another currency than that of the cart is not for this cart', () => {
    const euros = { ...amountOff('5.00'), amount: dollars('5.00', 'EUR') };
    const quote = quoteOf({ promotions: [promotion('five', euros)] });
    expect(quote.totals.discount).toEqual(dollars('0.00'));
    expect(eachRejection(quote)).toEqual({ five: 'promotion.other_currency' });
  });

  test('never exceeds the maximum of its promotion', () => {
    const limits = { maximumDiscount: dollars('2.00') };
    expect(discountOf({ promotions: [promotion('p', amountOff('5.00'), { limits })] })).toBe(
      '2.00',
    );
  });
});

describe('an amount off each unit', () => {
  const two = (changes: object = {}) =>
    promotion('two', { ...amountOff('2.00', 'per_unit'), ...changes }, { class: 'line' });

  test('is taken as often as there are units', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00', 3), line('tea', '5.00')],
      promotions: [two()],
    });
    expect(eachLine(quote, 'discount')).toEqual({ cup: '6.00', tea: '2.00' });
    expect(stepsOf(quote, 'line_promotions')).toMatchObject([
      {
        rule: 'fixed_per_unit',
        fixed: dollars('2.00'),
        eligible: { numerator: 3_500n, denominator: 1n },
        eligibleUnits: 4,
        exact: { numerator: 800n, denominator: 1n },
        amount: dollars('8.00'),
      },
    ]);
  });

  test('never takes more than the unit costs', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00'), line('tea', '1.50', 3), line('zip', '2.00')],
      promotions: [two()],
    });
    expect(eachLine(quote, 'total')).toEqual({ cup: '8.00', tea: '0.00', zip: '0.00' });
  });

  test('knows what earlier promotions left of the unit', () => {
    const quote = quoteOf({
      lines: [line('tea', '2.50', 4)],
      promotions: [promotion('half', percentOff('50'), { class: 'line', priority: 1 }), two()],
    });
    expect(eachPromotion(quote)).toEqual({ half: '5.00', two: '5.00' });
    expect(quote.totals.total).toEqual(dollars('0.00'));
  });

  test('is taken off at most so many units of a variant', () => {
    const off = (maximumUnitsPerVariant: number) =>
      discountOf({
        lines: [line('cup', '10.00', 5), line('tea', '3.00', 2)],
        promotions: [two({ maximumUnitsPerVariant })],
      });
    expect(off(1)).toBe('4.00');
    expect(off(3)).toBe('10.00');
    expect(off(9)).toBe('14.00');
  });

  test('takes of one unit among several no more than its part, in whole cents', () => {
    // Three units for 2.00: one is worth 0.666…, and 0.66 can be taken off it.
    const quote = quoteOf({
      lines: [line('tea', '1.00', 3)],
      promotions: [
        promotion('a', amountOff('1.00'), { class: 'line', priority: 1 }),
        two({ maximumUnitsPerVariant: 1 }),
      ],
    });
    expect(eachPromotion(quote)).toEqual({ a: '1.00', two: '0.66' });
    expect(stepsOf(quote, 'line_promotions')[1]).toMatchObject({
      eligible: { numerator: 200n, denominator: 3n },
    });
  });

  test('is borne in proportion where the promotion may not take it all', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00', 3), line('tea', '10.00', 1)],
      promotions: [
        promotion('two', amountOff('2.00', 'per_unit'), {
          class: 'line',
          limits: { maximumDiscount: dollars('4.00') },
        }),
      ],
    });
    expect(eachLine(quote, 'discount')).toEqual({ cup: '3.00', tea: '1.00' });
  });
});

test('an amount and a percentage are one discount of one promotion, under one maximum', () => {
  const limits = { maximumDiscount: dollars('6.00') };
  const quote = quoteOf({
    lines: [line('tea', '20.00')],
    promotions: [promotion('p', [percentOff('10'), amountOff('5.00')], { limits })],
  });
  expect(stepsOf(quote, 'order_promotions').map(({ amount }) => amount)).toEqual([
    dollars('2.00'),
    dollars('4.00'),
  ]);
  expect(quote.lines[0]?.discounts).toEqual([{ promotionId: 'p', amount: dollars('6.00') }]);
});
