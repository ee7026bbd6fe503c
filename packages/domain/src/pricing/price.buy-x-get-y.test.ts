import { describe, expect, test } from 'vitest';

import {
  buyGet,
  discountOf,
  dollars,
  eachLine,
  eachPromotion,
  eachRejection,
  line,
  percent,
  percentOff,
  promotion,
  quoteOf,
  stepsOf,
} from '../../test/cart.fixture.ts';

describe('buy two, get one', () => {
  const twoForOne = promotion('deal', buyGet(2, 1));

  test.each([
    [3, '10.00'],
    [4, '10.00'],
    [5, '10.00'],
    [6, '20.00'],
    [8, '20.00'],
    [9, '30.00'],
    [300, '1000.00'],
  ])('takes off of %d units at ten dollars %s', (units, discount) => {
    expect(discountOf({ lines: [line('tea', '10.00', units)], promotions: [twoForOne] })).toBe(
      discount,
    );
  });

  test('takes nothing off too few, and the quote says so', () => {
    const quote = quoteOf({ lines: [line('tea', '10.00', 2)], promotions: [twoForOne] });
    expect(quote.totals.discount).toEqual(dollars('0.00'));
    expect(eachRejection(quote)).toEqual({ deal: 'promotion.nothing_to_discount' });
  });

  test('gives the cheapest of all for nothing', () => {
    const quote = quoteOf({
      lines: [line('a', '30.00'), line('b', '10.00'), line('c', '20.00')],
      promotions: [twoForOne],
    });
    expect(eachLine(quote, 'discount')).toEqual({ a: '0.00', b: '10.00', c: '0.00' });
    expect(stepsOf(quote, 'line_promotions')).toEqual([
      {
        step: 'line_promotions',
        rule: 'buy_x_get_y',
        promotionId: 'deal',
        name: 'deal',
        couponCode: null,
        buy: 2,
        get: 1,
        percentage: percent('100'),
        repeats: 1,
        eligible: dollars('60.00'),
        eligibleUnits: 3,
        exact: { numerator: 1_000n, denominator: 1n },
        amount: dollars('10.00'),
        dropped: dollars('0.00'),
        shares: [{ lineId: 'b', amount: dollars('10.00') }],
      },
    ]);
  });

  test('goes on with the next cheapest where there are several sets', () => {
    const quote = quoteOf({
      lines: [line('a', '30.00', 3), line('b', '10.00', 1), line('c', '20.00', 5)],
      promotions: [twoForOne],
    });
    // Nine units: three are free, the one at ten and two of those at twenty.
    expect(eachLine(quote, 'discount')).toEqual({ a: '0.00', b: '10.00', c: '40.00' });
    expect(stepsOf(quote, 'line_promotions')[0]).toMatchObject({
      repeats: 3,
      eligibleUnits: 9,
      exact: { numerator: 5_000n, denominator: 1n },
    });
  });

  test('of units of one price takes the earlier variant', () => {
    const quote = quoteOf({
      lines: [line('b', '10.00', 2), line('a', '10.00', 1)],
      promotions: [twoForOne],
    });
    expect(eachLine(quote, 'discount')).toEqual({ a: '10.00', b: '0.00' });
  });

  test('happens at most as often as it may', () => {
    const off = (maximumRepeats: number) =>
      discountOf({
        lines: [line('tea', '10.00', 9)],
        promotions: [promotion('deal', buyGet(2, 1), { limits: { maximumRepeats } })],
      });
    expect(off(1)).toBe('10.00');
    expect(off(2)).toBe('20.00');
    expect(off(3)).toBe('30.00');
    expect(off(4)).toBe('30.00');
  });
});

describe('buy some, get some', () => {
  test('for less is rounded once', () => {
    // Two of four are half off: half of 0.99 twice is 0.99.
    const off = (percentage: string) =>
      discountOf({
        lines: [line('tea', '0.99', 4)],
        promotions: [promotion('deal', buyGet(1, 1, percentage))],
      });
    expect(off('50')).toBe('0.99');
    expect(off('25')).toBe('0.50');
    expect(off('100')).toBe('1.98');
  });

  test('gets more than it buys', () => {
    expect(
      discountOf({
        lines: [line('tea', '5.00', 7)],
        promotions: [promotion('deal', buyGet(1, 2))],
      }),
    ).toBe('20.00');
  });

  test('never takes more off than its promotion may', () => {
    const limits = { maximumDiscount: dollars('12.34') };
    expect(
      discountOf({
        lines: [line('tea', '10.00', 4)],
        promotions: [promotion('deal', buyGet(1, 1), { limits })],
      }),
    ).toBe('12.34');
  });

  test('counts and reduces the units that it is for, and no others', () => {
    const quote = quoteOf({
      lines: [line('cup', '1.00', 9), line('tea', '10.00', 2)],
      promotions: [promotion('deal', { ...buyGet(1, 1), target: { productIds: ['tea'] } })],
    });
    expect(eachLine(quote, 'discount')).toEqual({ cup: '0.00', tea: '10.00' });
  });

  test('counts at most so many units of a variant', () => {
    const off = (maximumUnitsPerVariant: number) =>
      discountOf({
        lines: [line('tea', '10.00', 9)],
        promotions: [promotion('deal', { ...buyGet(1, 1), maximumUnitsPerVariant })],
      });
    expect(off(1)).toBe('0.00');
    expect(off(2)).toBe('10.00');
    expect(off(5)).toBe('20.00');
  });

  test('comes after all other promotions on lines, whatever its priority', () => {
    const quote = quoteOf({
      lines: [line('tea', '10.00', 3)],
      promotions: [
        promotion('deal', buyGet(2, 1), { priority: 9 }),
        promotion('ten', percentOff('10'), { class: 'line' }),
      ],
    });
    expect(eachPromotion(quote)).toEqual({ ten: '3.00', deal: '9.00' });
    expect(quote.totals.total).toEqual(dollars('18.00'));
  });

  test('takes what is the cheapest by then', () => {
    const quote = quoteOf({
      lines: [line('cup', '9.00'), line('tea', '10.00')],
      promotions: [
        promotion('deal', buyGet(1, 1), { priority: 9 }),
        promotion('half', { ...percentOff('50'), target: { productIds: ['tea'] } }),
      ],
    });
    expect(eachLine(quote, 'total')).toEqual({ cup: '9.00', tea: '0.00' });
  });

  test('waits within its own promotion as well, which still is one discount', () => {
    const quote = quoteOf({
      lines: [line('tea', '10.00', 2)],
      promotions: [
        promotion('p', [buyGet(1, 1), { ...percentOff('10'), target: { productIds: ['tea'] } }]),
      ],
    });
    expect(stepsOf(quote, 'line_promotions').map((step) => [step.rule, step.amount])).toEqual([
      ['percentage', dollars('2.00')],
      ['buy_x_get_y', dollars('9.00')],
    ]);
    expect(eachPromotion(quote)).toEqual({ p: '11.00' });
    expect(quote.lines[0]?.discounts).toEqual([{ promotionId: 'p', amount: dollars('11.00') }]);
  });

  test('of two such promotions the second one works on what the first one left', () => {
    const quote = quoteOf({
      lines: [line('tea', '10.00', 4)],
      promotions: [promotion('a', buyGet(3, 1)), promotion('b', buyGet(1, 1, '50'))],
    });
    // Four units for 30.00: two of them are worth 15.00.
    expect(eachPromotion(quote)).toEqual({ a: '10.00', b: '7.50' });
  });

  test('a threshold is looked at when its turn has come', () => {
    const quote = quoteOf({
      lines: [line('tea', '10.00', 3)],
      promotions: [
        promotion('deal', buyGet(2, 1), { conditions: { minimumSubtotal: dollars('30.00') } }),
        promotion('ten', percentOff('10'), { class: 'line' }),
      ],
    });
    expect(eachPromotion(quote)).toEqual({ ten: '3.00' });
    expect(quote.rejected).toMatchObject([
      { code: 'promotion.below_minimum', minimum: dollars('30.00'), reached: dollars('27.00') },
    ]);
  });
});
