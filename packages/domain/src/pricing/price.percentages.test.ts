import { describe, expect, test } from 'vitest';

import {
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
  totalOf,
} from '../../test/cart.fixture.ts';

describe('a percentage', () => {
  test('is explained by what it looked at, exactly, and by what came out', () => {
    const quote = quoteOf({
      lines: [line('cup', '4.99', 1), line('tea', '9.99', 2)],
      promotions: [promotion('spring', percentOff('12.5'), { name: 'Spring sale' })],
    });
    // 12.5 % of 24.97 are 3.12125.
    expect(stepsOf(quote, 'order_promotions')).toEqual([
      {
        step: 'order_promotions',
        rule: 'percentage',
        promotionId: 'spring',
        name: 'Spring sale',
        couponCode: null,
        percentage: percent('12.5'),
        eligible: dollars('24.97'),
        eligibleUnits: 3,
        exact: { numerator: 2_497n, denominator: 8n },
        amount: dollars('3.12'),
        dropped: dollars('0.00'),
        shares: [
          { lineId: 'cup', amount: dollars('0.62') },
          { lineId: 'tea', amount: dollars('2.50') },
        ],
      },
    ]);
    expect(quote.promotions).toEqual([
      {
        promotionId: 'spring',
        name: 'Spring sale',
        class: 'order',
        couponCode: null,
        discount: dollars('3.12'),
        shippingDiscount: dollars('0.00'),
      },
    ]);
    expect(quote.rejected).toEqual([]);
    expect(quote.lines[1]?.discounts).toEqual([{ promotionId: 'spring', amount: dollars('2.50') }]);
  });

  test('works on what the one before it left: they compound', () => {
    const quote = quoteOf({
      lines: [line('tea', '100.00')],
      promotions: [
        promotion('ten', percentOff('10'), { priority: 1 }),
        promotion('twenty', percentOff('20')),
      ],
    });
    expect(eachPromotion(quote)).toEqual({ ten: '10.00', twenty: '18.00' });
    expect(quote.totals.total).toEqual(dollars('72.00'));
  });

  test('has its share of a line, and the shares stand by the ids of the promotions', () => {
    const quote = quoteOf({
      promotions: [
        promotion('z', percentOff('10'), { priority: 1 }),
        promotion('a', percentOff('10')),
      ],
    });
    expect(quote.lines[0]?.discounts).toEqual([
      { promotionId: 'a', amount: dollars('0.90') },
      { promotionId: 'z', amount: dollars('1.00') },
    ]);
  });

  test('goes by priority, then by id, whatever the order in which promotions come', () => {
    const order = (...priorities: readonly [string, number][]) =>
      Object.keys(
        eachPromotion(
          quoteOf({
            promotions: priorities.map(([id, priority]) =>
              promotion(id, percentOff('10'), { priority }),
            ),
          }),
        ),
      );
    expect(order(['a', 0], ['b', 1], ['c', -1])).toEqual(['b', 'a', 'c']);
    expect(order(['c', 2], ['a', 2], ['b', 2])).toEqual(['a', 'b', 'c']);
    expect(order(['b', 10], ['a', 9])).toEqual(['b', 'a']);
  });

  test('of lines goes before one of the order, whatever their priorities', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00'), line('tea', '10.00')],
      promotions: [
        promotion('order', percentOff('50'), { priority: 9 }),
        promotion('line', { ...percentOff('50'), target: { productIds: ['tea'] } }),
      ],
    });
    expect(eachPromotion(quote)).toEqual({ line: '5.00', order: '7.50' });
    expect(quote.explanation.map(({ step }) => step)).toEqual([
      'lines',
      'lines',
      'line_promotions',
      'order_promotions',
      'totals',
    ]);
  });

  test('is rounded once, on the sum', () => {
    // A tenth of 0.05 is half a cent: three of them are a cent and a half, not three cents.
    const lines = [line('a', '0.05'), line('b', '0.05'), line('c', '0.05')];
    const quote = quoteOf({ lines, promotions: [promotion('ten', percentOff('10'))] });
    expect(quote.totals.discount).toEqual(dollars('0.02'));
    expect(eachLine(quote, 'discount')).toEqual({ a: '0.01', b: '0.01', c: '0.00' });
  });

  test('rounds half a cent away from zero, or to the even one where the store says so', () => {
    const promotions = [promotion('ten', percentOff('10'))];
    const off = (unitPrice: string, rounding: 'half_up' | 'half_even') =>
      discountOf({ lines: [line('tea', unitPrice)], promotions, rounding });
    expect(off('0.05', 'half_up')).toBe('0.01');
    expect(off('0.15', 'half_up')).toBe('0.02');
    expect(off('0.05', 'half_even')).toBe('0.00');
    expect(off('0.15', 'half_even')).toBe('0.02');
    expect(off('0.25', 'half_even')).toBe('0.02');
  });

  test('is shared out by largest remainder, ties to the earlier one', () => {
    // 1.00 in all: 0.333… each.
    const quote = quoteOf({
      lines: [line('c', '10.00'), line('a', '10.00'), line('b', '10.00')],
      promotions: [promotion('p', percentOff('3.333333'))],
    });
    expect(eachLine(quote, 'discount')).toEqual({ a: '0.34', b: '0.33', c: '0.33' });
  });

  test('of less than half a cent takes nothing off, and the quote says so', () => {
    const quote = quoteOf({
      lines: [line('tea', '0.04')],
      promotions: [promotion('ten', percentOff('10'))],
    });
    expect(quote.totals.discount).toEqual(dollars('0.00'));
    expect(eachRejection(quote)).toEqual({ ten: 'promotion.nothing_to_discount' });
    expect(stepsOf(quote, 'order_promotions')).toEqual([]);
  });

  test('never takes more than its promotion may', () => {
    const capped = (maximum: string) =>
      discountOf({
        lines: [line('tea', '100.00')],
        promotions: [
          promotion('half', percentOff('50'), { limits: { maximumDiscount: dollars(maximum) } }),
        ],
      });
    expect(capped('50.01')).toBe('50.00');
    expect(capped('50.00')).toBe('50.00');
    expect(capped('49.99')).toBe('49.99');
    expect(capped('0.01')).toBe('0.01');
  });

  test('that is capped is shared out as it would have been', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00'), line('tea', '30.00')],
      promotions: [
        promotion('half', percentOff('50'), { limits: { maximumDiscount: dollars('4.00') } }),
      ],
    });
    expect(eachLine(quote, 'discount')).toEqual({ cup: '1.00', tea: '3.00' });
    expect(stepsOf(quote, 'order_promotions')[0]?.exact).toEqual({
      numerator: 4_000n,
      denominator: 2n,
    });
  });
});

describe('a target', () => {
  const lines = [
    line('cup', '10.00', 1, { categoryIds: ['kitchen', 'all'], tags: ['red'] }),
    line('pot', '10.00', 1, { categoryIds: ['kitchen'], tags: ['blue', 'large'] }),
    line('tea', '10.00', 1),
  ];
  const hit = (target: object) =>
    eachLine(
      quoteOf({ lines, promotions: [promotion('p', { ...percentOff('10'), target })] }),
      'discount',
    );

  test.each([
    ['a product', { productIds: ['tea'] }, ['tea']],
    ['products', { productIds: ['tea', 'pot', 'none'] }, ['pot', 'tea']],
    ['a category', { categoryIds: ['kitchen'] }, ['cup', 'pot']],
    ['a category among others', { categoryIds: ['none', 'all'] }, ['cup']],
    ['a tag', { tags: ['large'] }, ['pot']],
    ['one or the other', { productIds: ['tea'], tags: ['red'] }, ['cup', 'tea']],
    [
      'all at once',
      { productIds: ['tea'], categoryIds: ['all'], tags: ['blue'] },
      ['cup', 'pot', 'tea'],
    ],
    ['an empty list and a full one', { productIds: [], tags: ['blue'] }, ['pot']],
  ])('is %s: nobody else has a share', (_, target, expected) => {
    const discounts = hit(target);
    expect(Object.keys(discounts).filter((id) => discounts[id] === '1.00')).toEqual(expected);
    expect(Object.values(discounts).filter((amount) => amount === '0.00')).toHaveLength(
      3 - expected.length,
    );
  });

  test('that nothing in the cart is in is told', () => {
    const promotions = [
      promotion('p', {
        ...percentOff('10'),
        target: { productIds: ['saucer'], tags: ['kitchen'] },
      }),
    ];
    expect(eachRejection(quoteOf({ lines, promotions }))).toEqual({
      p: 'promotion.no_eligible_items',
    });
  });
});

describe('at most so many units of a variant', () => {
  const atMost = (units: number, percentage = '10') => [
    promotion('p', { ...percentOff(percentage), maximumUnitsPerVariant: units }),
  ];

  test('are discounted, the others are not', () => {
    const lines = [line('tea', '10.00', 5)];
    expect(discountOf({ lines, promotions: atMost(2) })).toBe('2.00');
    expect(discountOf({ lines, promotions: atMost(5) })).toBe('5.00');
    expect(discountOf({ lines, promotions: atMost(6) })).toBe('5.00');
  });

  test('are counted for each variant on its own', () => {
    const lines = [line('cup', '20.00', 3), line('tea', '10.00', 5)];
    const quote = quoteOf({ lines, promotions: atMost(2) });
    expect(eachLine(quote, 'discount')).toEqual({ cup: '4.00', tea: '2.00' });
    expect(stepsOf(quote, 'order_promotions')[0]).toMatchObject({ eligibleUnits: 4 });
  });

  test('are the cheapest ones where one variant has several prices', () => {
    const tea = { productId: 'tea', variantId: 'tea' };
    const lines = [
      line('a', '10.00', 2, tea),
      line('b', '8.00', 2, tea),
      line('c', '9.00', 2, tea),
    ];
    expect(eachLine(quoteOf({ lines, promotions: atMost(3) }), 'discount')).toEqual({
      a: '0.00',
      b: '1.60',
      c: '0.90',
    });
  });

  test.each([
    [1, '3.33', 333n],
    [2, '6.67', 667n],
    [3, '10.01', 1_001n],
  ])('are the cheapest of a line that is not divided evenly: %d for %s', (units, worth, cents) => {
    // The first promotion leaves 10.01 of three units: one at 3.33 and two at 3.34.
    const quote = quoteOf({
      lines: [line('tea', '3.34', 3)],
      promotions: [
        promotion('cent', percentOff('0.1'), { priority: 1, class: 'order' }),
        ...atMost(units),
      ],
    });
    expect(stepsOf(quote, 'order_promotions')[1]).toMatchObject({
      eligible: dollars(worth),
      eligibleUnits: units,
      exact: { numerator: cents, denominator: 10n },
    });
  });

  test('cost what the units of a paid line cost when they are given back', () => {
    const promotions = [promotion('cent', percentOff('0.1'), { priority: 1, class: 'order' })];
    const { lines } = quoteOf({ lines: [line('tea', '3.34', 3)], promotions });
    expect(lines[0]?.units.map(({ quantity, total }) => [quantity, total])).toEqual([
      [1, dollars('3.33')],
      [2, dollars('3.34')],
    ]);
  });
});

describe('several effects of one promotion', () => {
  test('apply in the order in which they are written, and are one discount', () => {
    const quote = quoteOf({
      lines: [line('cup', '10.00'), line('tea', '10.00')],
      promotions: [
        promotion('both', [
          { ...percentOff('50'), target: { productIds: ['tea'] } },
          percentOff('10'),
        ]),
      ],
    });
    expect(eachLine(quote, 'total')).toEqual({ cup: '9.00', tea: '4.50' });
    expect(quote.lines[1]?.discounts).toEqual([{ promotionId: 'both', amount: dollars('5.50') }]);
    expect(eachPromotion(quote)).toEqual({ both: '6.50' });
    expect(stepsOf(quote, 'line_promotions').map(({ amount }) => amount)).toEqual([
      dollars('5.00'),
      dollars('1.50'),
    ]);
  });

  test('share what the promotion may take off in all', () => {
    const limits = { maximumDiscount: dollars('6.00') };
    const quote = quoteOf({
      lines: [line('tea', '20.00')],
      promotions: [promotion('both', [percentOff('25'), percentOff('25')], { limits })],
    });
    expect(stepsOf(quote, 'order_promotions').map(({ amount }) => amount)).toEqual([
      dollars('5.00'),
      dollars('1.00'),
    ]);
    expect(totalOf({ promotions: [promotion('both', percentOff('100'), { limits })] })).toBe(
      '4.00',
    );
  });
});
