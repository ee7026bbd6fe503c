import { describe, expect, test } from 'vitest';

import {
  amountOff,
  buyGet,
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

const floor = (amount: string) => ({ minimumUnitPrice: dollars(amount) });

describe('no promotion brings a unit below its minimum price', () => {
  test('what is cut off moves to the other lines', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00', 1, floor('8.00')), line('tea', '10.00')],
      promotions: [promotion('half', percentOff('50'))],
    });
    expect(eachLine(quote, 'total')).toEqual({ cup: '8.00', tea: '2.00' });
    expect(stepsOf(quote, 'order_promotions')).toMatchObject([
      { amount: dollars('10.00'), dropped: dollars('0.00') },
    ]);
  });

  test('as each of them has room', () => {
    const quote = quoteOf({
      lines: [
        line('a', '10.00', 1, floor('10.00')),
        line('b', '10.00'),
        line('c', '30.00'),
        line('d', '10.00', 1, floor('9.00')),
      ],
      promotions: [promotion('fifth', percentOff('20'))],
    });
    // 2, 2, 6 and 2 are wanted. 2 and 1 are cut off; b has room for 8 more, c for 24.
    expect(eachLine(quote, 'discount')).toEqual({ a: '0.00', b: '2.75', c: '8.25', d: '1.00' });
    expect(quote.totals.discount).toEqual(dollars('12.00'));
  });

  test('what nobody else can take is dropped', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00', 2, floor('8.00')), line('tea', '1.00')],
      promotions: [promotion('most', percentOff('90'))],
    });
    expect(eachLine(quote, 'total')).toEqual({ cup: '16.00', tea: '0.00' });
    expect(stepsOf(quote, 'order_promotions')).toMatchObject([
      {
        exact: { numerator: 18_900n, denominator: 10n },
        amount: dollars('5.00'),
        dropped: dollars('13.90'),
      },
    ]);
    expect(eachPromotion(quote)).toEqual({ most: '5.00' });
  });

  test('nothing moves to lines that the promotion is not for', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00', 1, floor('8.00')), line('tea', '10.00')],
      promotions: [promotion('half', { ...percentOff('50'), target: { productIds: ['cup'] } })],
    });
    expect(eachLine(quote, 'total')).toEqual({ cup: '8.00', tea: '10.00' });
    expect(stepsOf(quote, 'line_promotions')).toMatchObject([{ dropped: dollars('3.00') }]);
  });

  test('nothing moves to units that are beyond the maximum of their variant', () => {
    const tea = { productId: 'tea', variantId: 'tea' };
    const quote = quoteOf({
      lines: [line('a', '8.00', 1, { ...tea, ...floor('6.00') }), line('b', '10.00', 1, tea)],
      promotions: [promotion('half', { ...percentOff('50'), maximumUnitsPerVariant: 1 })],
    });
    expect(eachLine(quote, 'discount')).toEqual({ a: '2.00', b: '0.00' });
    expect(stepsOf(quote, 'order_promotions')).toMatchObject([{ dropped: dollars('2.00') }]);
  });

  test('nothing moves beyond the units of a line that the promotion is for', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00', 1, floor('10.00')), line('tea', '10.00', 10)],
      promotions: [promotion('one', { ...percentOff('100'), maximumUnitsPerVariant: 1 })],
    });
    expect(eachLine(quote, 'discount')).toEqual({ cup: '0.00', tea: '10.00' });
    expect(stepsOf(quote, 'order_promotions')).toMatchObject([
      { eligible: dollars('20.00'), amount: dollars('10.00'), dropped: dollars('10.00') },
    ]);
  });

  test('one unit among several is reduced to its own minimum, whatever room the others have', () => {
    const quote = quoteOf({
      lines: [line('tea', '10.00', 3, floor('8.00'))],
      promotions: [promotion('one', { ...percentOff('50'), maximumUnitsPerVariant: 1 })],
    });
    expect(eachPromotion(quote)).toEqual({ one: '2.00' });
    expect(stepsOf(quote, 'order_promotions')).toMatchObject([{ dropped: dollars('3.00') }]);
  });

  test('a hundred percent off leaves the minimum', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00', 3, floor('8.00')), line('tea', '10.00')],
      promotions: [promotion('all', percentOff('100'))],
    });
    expect(quote.totals.total).toEqual(dollars('24.00'));
  });

  test('a price that is below its minimum already is not raised, and not reduced', () => {
    const quote = quoteOf({
      lines: [line('cup', '5.00', 1, floor('8.00'))],
      promotions: [promotion('ten', percentOff('10'))],
    });
    expect(quote.totals.total).toEqual(dollars('5.00'));
    expect(eachRejection(quote)).toEqual({ ten: 'promotion.nothing_to_discount' });
    expect(stepsOf(quote, 'order_promotions')).toMatchObject([
      { amount: dollars('0.00'), dropped: dollars('0.50'), shares: [] },
    ]);
  });

  test('at its minimum it is reduced by nothing, a cent above it by a cent', () => {
    const left = (minimum: string) =>
      quoteOf({
        lines: [line('cup', '10.00', 1, floor(minimum))],
        promotions: [promotion('one', amountOff('1.00'))],
      }).totals.total;
    expect(left('10.00')).toEqual(dollars('10.00'));
    expect(left('9.99')).toEqual(dollars('9.99'));
    expect(left('9.00')).toEqual(dollars('9.00'));
    expect(left('8.99')).toEqual(dollars('9.00'));
  });

  test('one promotion after the other', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00', 1, floor('7.00')), line('tea', '10.00')],
      promotions: [
        promotion('a', percentOff('20'), { priority: 1 }),
        promotion(
          'b',
          { ...amountOff('3.00'), target: { productIds: ['cup'] } },
          { class: 'order' },
        ),
      ],
    });
    expect(eachPromotion(quote)).toEqual({ a: '4.00', b: '1.00' });
    expect(eachLine(quote, 'total')).toEqual({ cup: '7.00', tea: '8.00' });
  });

  test('an amount off each unit moves as well', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00', 2, floor('9.00')), line('tea', '10.00', 2)],
      promotions: [promotion('two', amountOff('2.00', 'per_unit'), { class: 'line' })],
    });
    expect(eachLine(quote, 'discount')).toEqual({ cup: '2.00', tea: '6.00' });
  });

  test('the free one of three costs its minimum, and the other two bear the rest', () => {
    const quote = quoteOf({
      lines: [line('cup', '6.00', 1, floor('4.00')), line('tea', '10.00', 2)],
      promotions: [promotion('deal', buyGet(2, 1))],
    });
    expect(eachLine(quote, 'total')).toEqual({ cup: '4.00', tea: '16.00' });
    expect(stepsOf(quote, 'line_promotions')[0]?.shares).toEqual([
      { lineId: 'cup', amount: dollars('2.00') },
      { lineId: 'tea', amount: dollars('4.00') },
    ]);
  });

  test('lines that are priced as one keep the minimum each', () => {
    const tea = { productId: 'tea', variantId: 'tea', ...floor('9.50') };
    const quote = quoteOf({
      lines: [line('a', '10.00', 3, tea), line('b', '10.00', 1, tea)],
      promotions: [
        promotion('p', amountOff('1.99'), { priority: 1 }),
        promotion('q', amountOff('1.00')),
      ],
    });
    expect(eachLine(quote, 'total')).toEqual({ a: '28.50', b: '9.50' });
    expect(eachPromotion(quote)).toEqual({ p: '1.99', q: '0.01' });
    const centByCent = quoteOf({
      lines: [line('a', '10.00', 3, tea), line('b', '10.00', 1, tea)],
      promotions: [
        promotion('p', amountOff('1.98'), { priority: 2 }),
        promotion('q', amountOff('0.01'), { priority: 1 }),
        promotion('r', amountOff('0.01')),
      ],
    });
    expect(eachLine(centByCent, 'total')).toEqual({ a: '28.50', b: '9.50' });
  });
});
