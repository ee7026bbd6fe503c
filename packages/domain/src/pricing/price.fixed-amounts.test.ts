import { describe, expect, test } from 'vitest';

import {
  amountOff,
  discountOf,
  dollars,
  eachLine,
  eachPromotion,
  eachRejection,
  flat,
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
        eligible: dollars('40.00'),
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

  test('across a unit for which no cent is left takes nothing', () => {
    // Three units for 2 cents: one is worth nothing, two are worth a cent each.
    const after = (maximumUnitsPerVariant: number) =>
      quoteOf({
        lines: [line('tea', '0.01', 3)],
        promotions: [
          promotion('a', amountOff('0.01'), { priority: 1 }),
          promotion('b', { ...amountOff('5.00'), maximumUnitsPerVariant }),
        ],
      });
    expect(eachPromotion(after(1))).toEqual({ a: '0.01' });
    expect(eachRejection(after(1))).toEqual({ b: 'promotion.nothing_to_discount' });
    expect(stepsOf(after(2), 'order_promotions')[1]).toMatchObject({
      eligible: dollars('0.01'),
      exact: { numerator: 1n, denominator: 1n },
      amount: dollars('0.01'),
    });
    expect(eachPromotion(after(3))).toEqual({ a: '0.01', b: '0.02' });
  });

  test('beside the same in another currency is what is taken in each of them', () => {
    const inEuros = { ...amountOff('4.00'), amount: dollars('4.00', 'EUR') };
    const lessShipping = { type: 'shipping_discount', amount: dollars('1.00', 'EUR') } as const;
    const promotions = [promotion('p', [amountOff('5.00'), inEuros, lessShipping])];
    const quote = quoteOf({ promotions, shipping: flat('3.00') });
    expect(eachPromotion(quote)).toEqual({ p: '5.00' });
    expect(quote.totals.shipping).toEqual(dollars('3.00'));
    const euro = dollars('10.00', 'EUR');
    const elsewhere = {
      currency: euro.currency,
      lines: [line('tea', '1.00', 1, { unitPrice: euro })],
    };
    expect(eachPromotion(quoteOf({ ...elsewhere, promotions }))).toEqual({ p: '4.00' });
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
        eligible: dollars('35.00'),
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
    // Three units for 2.00: the cheapest is worth 0.66, the others 0.67 each.
    const quote = quoteOf({
      lines: [line('tea', '1.00', 3)],
      promotions: [
        promotion('a', amountOff('1.00'), { class: 'line', priority: 1 }),
        two({ maximumUnitsPerVariant: 1 }),
      ],
    });
    expect(eachPromotion(quote)).toEqual({ a: '1.00', two: '0.66' });
    expect(stepsOf(quote, 'line_promotions')[1]).toMatchObject({
      eligible: dollars('0.66'),
    });
  });

  test.each([
    ['off each unit', amountOff('1.00', 'per_unit')],
    ['across the units', amountOff('1.00')],
    ['as a percentage', percentOff('100')],
  ])('takes all of the same two units, %s', (_, effect) => {
    // Three units for 10 cents: two are worth 3 cents each, and the last 4.
    const quote = quoteOf({
      lines: [line('tea', '0.10', 3)],
      promotions: [
        promotion('a', amountOff('0.20'), { class: 'line', priority: 1 }),
        promotion('two', { ...effect, maximumUnitsPerVariant: 2 }, { class: 'line' }),
      ],
    });
    expect(eachPromotion(quote)).toEqual({ a: '0.20', two: '0.06' });
    expect(stepsOf(quote, 'line_promotions')[1]).toMatchObject({
      eligible: dollars('0.06'),
      exact: { numerator: 6n, denominator: 1n },
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
