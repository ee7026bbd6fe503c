import { describe, expect, test } from 'vitest';

import {
  amountOff,
  buyGet,
  cart,
  dollars,
  eachLine,
  flat,
  line,
  percent,
  percentOff,
  promotion,
  quoteOf,
  stepsOf,
  tax,
  totalOf,
} from '../../test/cart.fixture.ts';
import { parseCurrency } from '../core/currency.value.ts';
import { price, priceCountingSteps } from './price.ts';
import { canonicalQuote } from './quote.value.ts';

describe('a line costs its unit price times its quantity', () => {
  test('and the quote says so, line by line in the order of their ids', () => {
    const quote = quoteOf({ lines: [line('tea', '2.50', 4), line('cup', '19.99', 2)] });
    expect(quote.lines.map(({ id }) => id)).toEqual(['cup', 'tea']);
    expect(eachLine(quote, 'subtotal')).toEqual({ cup: '39.98', tea: '10.00' });
    expect(quote.totals.subtotal).toEqual(dollars('49.98'));
    expect(quote.totals.total).toEqual(dollars('49.98'));
    expect(quote.lines[0]).toMatchObject({
      productId: 'cup',
      variantId: 'cup',
      unitPrice: dollars('19.99'),
      quantity: 2,
      discount: dollars('0.00'),
      discounts: [],
      tax: dollars('0.00'),
      taxes: [],
      taxRelief: dollars('0.00'),
      units: [{ quantity: 2, total: dollars('19.99'), tax: dollars('0.00') }],
    });
    expect(stepsOf(quote, 'lines')[0]).toEqual({
      step: 'lines',
      rule: 'unit_price_times_quantity',
      lineId: 'cup',
      unitPrice: dollars('19.99'),
      quantity: 2,
      exact: { numerator: 3_998n, denominator: 1n },
      amount: dollars('39.98'),
      shares: [{ lineId: 'cup', amount: dollars('39.98') }],
    });
    expect(stepsOf(quote, 'totals')).toEqual([
      {
        step: 'totals',
        rule: 'goods_plus_shipping_plus_tax',
        goods: dollars('49.98'),
        shipping: dollars('0.00'),
        taxOnTop: dollars('0.00'),
        exact: { numerator: 4_998n, denominator: 1n },
        amount: dollars('49.98'),
        shares: [
          { lineId: 'cup', amount: dollars('39.98') },
          { lineId: 'tea', amount: dollars('10.00') },
        ],
      },
    ]);
  });

  test('nothing costs nothing', () => {
    const quote = quoteOf({ lines: [], promotions: [promotion('ten', percentOff('10'))] });
    expect(quote.totals.total).toEqual(dollars('0.00'));
    expect(quote).toMatchObject({ lines: [], shipping: null, promotions: [] });
    expect(quote.rejected).toMatchObject([{ reason: 'no_eligible_items' }]);
  });

  test.each([
    ['JPY', '333', '999'],
    ['KWD', '0.333', '0.999'],
    ['CLF', '0.3333', '0.9999'],
  ])('in the digits of %s', (code, unitPrice, total) => {
    const currency = parseCurrency(code)._unsafeUnwrap();
    const quote = quoteOf({
      currency,
      lines: [line('tea', '1.00', 3, { unitPrice: dollars(unitPrice, code) })],
    });
    expect(quote.currency).toBe(code);
    expect(quote.totals.total.toJSON()).toEqual({ amount: total, currency: code });
  });
});

describe('a quote is the same', () => {
  const messy = cart({
    lines: [line('tea', '9.99', 2, { tags: ['b', 'a'] }), line('cup', '4.00', 3)],
    promotions: [promotion('zeta', percentOff('10')), promotion('alpha', percentOff('15'))],
    coupons: [
      { code: 'zz', promotionId: 'zeta' },
      { code: 'aa', promotionId: 'alpha' },
    ],
    codes: ['zz', 'aa', 'nobody'],
    uses: [
      { promotionId: 'zeta', total: 1, byCustomer: 0 },
      { promotionId: 'alpha', total: 2, byCustomer: 1 },
    ],
    customer: { groups: ['vip', 'club', 'vip'] },
    shipping: flat('4.00'),
    tax: tax('exclusive', [{ id: 'b', rate: percent('1') }, { id: 'a' }]),
  });
  const tidy = {
    ...messy,
    lines: messy.lines.toReversed(),
    promotions: messy.promotions?.toReversed(),
    coupons: messy.coupons?.toReversed(),
    codes: [' AA ', 'Nobody', 'ZZ', 'aa'],
    uses: messy.uses?.toReversed(),
    customer: { groups: ['club', 'vip'] },
    tax: { ...messy.tax, rules: messy.tax?.rules.toReversed() },
  } as typeof messy;

  test('whatever the order of what it is made from', () => {
    const quote = price(messy)._unsafeUnwrap();
    expect(canonicalQuote(price(tidy)._unsafeUnwrap())).toBe(canonicalQuote(quote));
    expect(price(tidy)._unsafeUnwrap().explanation).toEqual(quote.explanation);
  });

  test('when the input that it carries is priced again, which has everything in order', () => {
    const quote = price(messy)._unsafeUnwrap();
    expect(price(quote.input)._unsafeUnwrap()).toEqual(quote);
    expect(quote.input).toMatchObject({
      lines: [{ id: 'cup' }, { id: 'tea', tags: ['a', 'b'] }],
      promotions: [{ id: 'alpha' }, { id: 'zeta' }],
      coupons: [{ code: 'AA' }, { code: 'ZZ' }],
      codes: ['AA', 'NOBODY', 'ZZ'],
      uses: [{ promotionId: 'alpha' }, { promotionId: 'zeta' }],
      customer: { groups: ['club', 'vip'] },
      tax: { rules: [{ id: 'a' }, { id: 'b' }] },
    });
    expect(quote.input.lines[1]).not.toHaveProperty('categoryIds');
  });

  test('however a line is split into lines of smaller quantity', () => {
    const promotions = [promotion('fifteen', percentOff('15'))];
    const rules = tax('exclusive', [{ rate: percent('8.875') }]);
    const tea = { productId: 'tea', variantId: 'tea' };
    const whole = quoteOf({ lines: [line('a', '0.99', 7, tea)], promotions, tax: rules });
    const split = quoteOf({
      lines: Array.from({ length: 7 }, (_, index) => line(`${index}`, '0.99', 1, tea)),
      promotions,
      tax: rules,
    });
    // 15 % of 6.93 are 1.0395; of 0.99, seven times, they would be 1.05.
    expect(whole.totals.discount).toEqual(dollars('1.04'));
    expect(split.totals).toEqual(whole.totals);
    expect(stepsOf(split, 'tax').map(({ amount }) => amount)).toEqual([dollars('0.52')]);
  });

  test('but what differs in anything that a rule looks at is priced on its own', () => {
    // A third of a cent on each line: nothing, unless the lines are one.
    const rules = tax('exclusive', [{ rate: percent('0.33') }]);
    const taxed = (changes: Parameters<typeof line>[3]) =>
      totalOf({
        lines: [
          line('a', '1.00', 1, { productId: 'p', variantId: 'v' }),
          line('b', '1.00', 1, { productId: 'p', variantId: 'v', ...changes }),
        ],
        tax: rules,
      });
    expect(taxed({})).toBe('2.01');
    expect(taxed({ taxClass: 'standard' })).toBe('2.01');
    expect(taxed({ categoryIds: [], tags: [], minimumUnitPrice: dollars('0.00') })).toBe('2.01');
    expect(taxed({ weightGrams: 5 })).toBe('2.01');
    expect(taxed({ variantId: 'w' })).toBe('2.00');
    const both = (first: readonly string[], second: readonly string[]) =>
      totalOf({
        lines: [
          line('a', '1.00', 1, { productId: 'p', variantId: 'v', tags: first }),
          line('b', '1.00', 1, { productId: 'p', variantId: 'v', tags: second }),
        ],
        tax: rules,
      });
    expect(both(['red', 'sale'], ['sale', 'red'])).toBe('2.01');
    expect(both(['red', 'sale'], ['blue', 'sale'])).toBe('2.00');
    expect(both(['blue', 'sale'], ['blue', 'tea'])).toBe('2.00');
    expect(both(['blue'], ['blue', 'tea'])).toBe('2.00');
    expect(taxed({ productId: 'q' })).toBe('2.00');
    expect(taxed({ taxClass: 'books' })).toBe('2.00');
    expect(taxed({ minimumUnitPrice: dollars('0.01') })).toBe('2.00');
    expect(taxed({ categoryIds: ['sale'] })).toBe('2.00');
    expect(taxed({ tags: ['sale'] })).toBe('2.00');
  });
});

describe('a tie', () => {
  const cent = [promotion('cent', amountOff('0.01'))];
  const v = { productId: 'v', variantId: 'v' };
  const borneBy = (...lines: readonly ReturnType<typeof line>[]) =>
    quoteOf({ lines, promotions: cent }).lines.find(({ discounts }) => discounts.length > 0)?.id;

  test('goes to the earlier variant, whatever the lines are called', () => {
    const of = (id: string, variantId: string) => line(id, '1.00', 1, { variantId });
    expect(borneBy(of('a', 'z'), of('b', 'y'))).toBe('b');
    expect(borneBy(of('a', 'y'), of('b', 'z'))).toBe('a');
  });

  test('within a variant goes to the cheaper unit, then to what has fewer marks, then by those', () => {
    expect(borneBy(line('a', '10.00', 9, v), line('b', '9.00', 10, v))).toBe('b');
    expect(borneBy(line('a', '9.00', 10, v), line('b', '10.00', 9, v))).toBe('a');
    const tagged = (id: string, ...tags: readonly string[]) => line(id, '1.00', 1, { ...v, tags });
    expect(borneBy(tagged('a', 'x', 'y'), tagged('b', 'z'))).toBe('b');
    expect(borneBy(tagged('a', 'z'), tagged('b', 'x', 'y'))).toBe('a');
    expect(borneBy(tagged('a', 'x', 'z'), tagged('b', 'x', 'y'))).toBe('b');
    expect(borneBy(tagged('a', 'x', 'y'), tagged('b', 'x', 'z'))).toBe('a');
  });

  test('leaves the lines and their shares in the order of their ids', () => {
    const quote = quoteOf({
      lines: [line('a', '1.00', 1, { variantId: 'z' }), line('b', '1.00', 1, { variantId: 'y' })],
      promotions: [promotion('ten', percentOff('10'))],
    });
    expect(quote.lines.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(stepsOf(quote, 'order_promotions')[0]?.shares.map(({ lineId }) => lineId)).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('units', () => {
  test('bear a line to the cent: the cheaper ones first, then those of one cent more', () => {
    const [tea] = quoteOf({
      lines: [line('tea', '10.00', 3)],
      promotions: [promotion('ten', amountOff('10.00'))],
    }).lines;
    expect(tea?.units).toEqual([
      { quantity: 1, total: dollars('6.66'), tax: dollars('0.00') },
      { quantity: 2, total: dollars('6.67'), tax: dollars('0.00') },
    ]);
  });

  test('of which one is cancelled take nothing from the discount of the other nineteen', () => {
    const [tea] = quoteOf({
      lines: [line('tea', '9.99', 20)],
      promotions: [promotion('fifteen', percentOff('15'))],
    }).lines;
    // 169.83 for twenty.
    expect(tea?.units).toEqual([
      { quantity: 17, total: dollars('8.49'), tax: dollars('0.00') },
      { quantity: 3, total: dollars('8.50'), tax: dollars('0.00') },
    ]);
  });

  test('have their tax in runs as well, and none bears more tax than it costs', () => {
    const [tea] = quoteOf({
      lines: [line('tea', '1.00', 5)],
      promotions: [promotion('much', amountOff('4.97'))],
      tax: tax('inclusive', [{ rate: percent('100') }]),
    }).lines;
    // Three cents for five, two of which are tax.
    expect(tea?.units).toEqual([
      { quantity: 2, total: dollars('0.00'), tax: dollars('0.00') },
      { quantity: 1, total: dollars('0.01'), tax: dollars('0.00') },
      { quantity: 2, total: dollars('0.01'), tax: dollars('0.01') },
    ]);
  });
});

describe('what goes wrong elsewhere', () => {
  test('a total has cents and nothing behind them', () => {
    // 12.5 % of 35.95 are 4.49375; 8.875 % of 31.46 are 2.792075.
    const quote = quoteOf({
      lines: [line('tea', '35.95')],
      promotions: [promotion('eighth', percentOff('12.5'))],
      tax: tax('exclusive', [{ rate: percent('8.875') }]),
    });
    expect(quote.totals.total.toDecimal()).toBe('34.25');
  });

  test('a hundred percent off leaves nothing, not 2.9e-15', () => {
    const lines = [line('a', '0.10', 3), line('b', '0.20'), line('c', '19.99', 7)];
    const promotions = [promotion('gift', percentOff('100'))];
    expect(totalOf({ lines, promotions })).toBe('0.00');
  });

  test('ten over three equal lines add up to ten', () => {
    const quote = quoteOf({
      lines: [line('a', '10.00'), line('b', '10.00'), line('c', '10.00')],
      promotions: [promotion('ten', amountOff('10.00'))],
    });
    expect(eachLine(quote, 'discount')).toEqual({ a: '3.34', b: '3.33', c: '3.33' });
    expect(quote.totals.discount).toEqual(dollars('10.00'));
  });

  test('stacked discounts never make a cart negative', () => {
    const eight = (id: string) => promotion(id, amountOff('8.00'));
    expect(totalOf({ promotions: [eight('a'), eight('b'), eight('c')] })).toBe('0.00');
    const sixty = (id: string) => promotion(id, percentOff('60'));
    expect(totalOf({ promotions: [sixty('a'), sixty('b')] })).toBe('1.60');
  });
});

describe('the work is counted', () => {
  const lines = Array.from({ length: 100 }, (_, index) => line(`line ${index}`, '10.00'));
  const stepsFor = (changes: Parameters<typeof cart>[0]) =>
    priceCountingSteps(cart({ lines, ...changes }))._unsafeUnwrap().steps;
  const promotions = (count: number) =>
    Array.from({ length: count }, (_, index) => promotion(`promotion ${index}`, percentOff('1')));

  test('it grows as lines times promotions', () => {
    const five = { promotions: promotions(5) };
    const twiceAsLong = [...lines, ...lines.map((one) => ({ ...one, id: `other ${one.id}` }))];
    expect(stepsFor({ ...five, lines: twiceAsLong })).toBeLessThan(2.2 * stepsFor(five));
    expect(stepsFor({ promotions: promotions(10) })).toBeLessThan(2.2 * stepsFor(five));
  });

  test.each<[string, Parameters<typeof cart>[0], number]>([
    ['lines', {}, 200],
    ['a promotion: to find, share out, take off and explain', { promotions: promotions(1) }, 600],
    [
      'a promotion for some goods',
      {
        promotions: [
          promotion('p', percentOff('1'), { conditions: { priceRange: { to: dollars('10.00') } } }),
        ],
      },
      700,
    ],
    [
      'a threshold, twice',
      {
        promotions: [
          promotion('p', percentOff('1'), { conditions: { minimumSubtotal: dollars('1.00') } }),
        ],
      },
      800,
    ],
    ['buy one, get one', { promotions: [promotion('p', buyGet(1, 1))] }, 550],
    ['shipping, by its weight and by the goods', { shipping: flat('1.00') }, 400],
    ['tax, by its rules', { tax: tax('exclusive', [{}, {}]) }, 400],
  ])('for %s: no pass over the lines is left out', (_, changes, least) => {
    expect(stepsFor(changes)).toBeGreaterThanOrEqual(least);
  });
});
