import { describe, expect, test } from 'vitest';

import {
  amountOff,
  canada,
  cart,
  dollars,
  flat,
  germany,
  line,
  percent,
  percentOff,
  promotion,
  quoteOf,
  refusalOf,
  stepsOf,
  tax,
} from '../../test/cart.fixture.ts';
import type { Instant } from '../core/instant.value.ts';
import { LARGEST_MINOR_UNITS, Money } from '../core/money.value.ts';
import { price } from './price.ts';
import type { PromotionTerms } from './promotion-terms.value.ts';

const many = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => make(index));
const largest = (changes: object = {}) => ({
  ...line('tea', '1.00'),
  unitPrice: Money.of(LARGEST_MINOR_UNITS, dollars('0.00').currency)._unsafeUnwrap(),
  ...changes,
});

describe('lines that cannot be priced are refused', () => {
  test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%d units', (quantity) => {
    expect(refusalOf({ lines: [line('cup', '1.00'), line('tea', '1.00', quantity)] })).toEqual({
      code: 'pricing.invalid_quantity',
      lineId: 'tea',
      quantity,
    });
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('%d grams', (weightGrams) => {
    expect(refusalOf({ lines: [line('tea', '1.00', 1, { weightGrams })] })).toEqual({
      code: 'pricing.invalid_weight',
      lineId: 'tea',
    });
  });

  test('a price or a minimum price below zero', () => {
    const negative = { code: 'pricing.negative_price', subject: 'tea' };
    const minimumUnitPrice = dollars('-0.01');
    expect(refusalOf({ lines: [line('tea', '-0.01')] })).toEqual(negative);
    expect(refusalOf({ lines: [line('tea', '1.00', 1, { minimumUnitPrice })] })).toEqual(negative);
  });

  test('a price or a minimum price in another currency', () => {
    const foreign = { code: 'pricing.currency_mismatch', subject: 'tea', expected: 'USD' };
    const euro = dollars('1.00', 'EUR');
    expect(refusalOf({ lines: [line('tea', '1.00', 1, { unitPrice: euro })] })).toEqual(foreign);
    expect(refusalOf({ lines: [line('tea', '1.00', 1, { minimumUnitPrice: euro })] })).toEqual(
      foreign,
    );
  });

  test('two of one id', () => {
    expect(
      refusalOf({ lines: [line('tea', '1.00'), line('cup', '1.00'), line('tea', '1.00')] }),
    ).toEqual({
      code: 'pricing.duplicate_id',
      kind: 'line',
      id: 'tea',
    });
  });

  test('by the defect that comes first by id, whatever their order', () => {
    const lines = [line('b', '-1.00'), line('a', '1.00', 0)];
    expect(refusalOf({ lines })).toEqual(refusalOf({ lines: lines.toReversed() }));
    expect(refusalOf({ lines })).toMatchObject({ lineId: 'a' });
  });
});

describe('amounts out of bounds are refused', () => {
  const outOfBounds = (subject: string) => ({ code: 'pricing.amount_out_of_bounds', subject });

  test('of a line', () => {
    expect(price(cart({ lines: [largest()] })).isOk()).toBe(true);
    expect(refusalOf({ lines: [largest({ quantity: 2 })] })).toEqual(outOfBounds('tea'));
    expect(
      refusalOf({
        lines: [
          line('tea', '1.00', Number.MAX_SAFE_INTEGER),
          line('zip', '9000000000000.00', 99_999),
        ],
      }),
    ).toEqual(outOfBounds('zip'));
  });

  test('of the goods together', () => {
    expect(refusalOf({ lines: [largest(), line('cup', '0.01')] })).toEqual(outOfBounds('subtotal'));
    expect(quoteOf({ lines: [largest(), line('cup', '0.00')] }).lines).toHaveLength(2);
  });

  test('of the units together, so that they can be counted', () => {
    const units = Number.MAX_SAFE_INTEGER;
    const free = (quantity: number) => [line('tea', '0.00', units), line('zip', '0.00', quantity)];
    expect(refusalOf({ lines: free(1) })).toEqual(outOfBounds('units'));
    expect(refusalOf({ lines: free(units) })).toEqual(outOfBounds('units'));
    const quote = quoteOf({
      lines: [line('tea', '0.01', units - 1), line('zip', '0.01')],
      promotions: [promotion('ten', percentOff('10'))],
    });
    expect(stepsOf(quote, 'order_promotions')).toMatchObject([{ eligibleUnits: units }]);
  });

  test('of goods and shipping, unless a promotion makes room for it', () => {
    const input = { lines: [largest()], shipping: flat('0.01') };
    expect(refusalOf(input)).toEqual(outOfBounds('total'));
    expect(
      price(cart({ ...input, promotions: [promotion('cent', amountOff('0.01'))] })).isOk(),
    ).toBe(true);
  });

  test('of goods and the tax on top, unless nobody pays it', () => {
    const onTop = { lines: [largest()], tax: tax('exclusive', [{ rate: percent('1') }]) };
    expect(refusalOf(onTop)).toEqual(outOfBounds('total'));
    expect(price(cart({ ...onTop, customer: { taxExempt: true } })).isOk()).toBe(true);
    const included = tax('inclusive', [{ rate: percent('1') }]);
    expect(price(cart({ ...onTop, tax: included })).isOk()).toBe(true);
  });

  test('of the weight', () => {
    const weightGrams = Number.MAX_SAFE_INTEGER;
    const heavy = (quantity: number) => ({
      lines: [line('tea', '1.00', quantity, { weightGrams })],
      shipping: flat('1.00'),
    });
    expect(quoteOf(heavy(1)).totals.total).toEqual(dollars('2.00'));
    expect(refusalOf(heavy(2))).toEqual(outOfBounds('weight'));
  });
});

describe('a moment that is none is refused', () => {
  test.each([Number.NaN, 0.5, Number.POSITIVE_INFINITY, 253_402_300_800_000])('%d', (at) => {
    expect(refusalOf({ at: at as Instant })).toEqual({ code: 'pricing.invalid_instant' });
  });
});

describe('too much of everything is refused at once', () => {
  test.each([
    ['lines', { lines: many(10_000, (index) => line(`${index}`, '1.00')) }, 5_000],
    [
      'promotions',
      { promotions: many(1_001, (index) => promotion(`${index}`, percentOff('1'))) },
      1_000,
    ],
    [
      'coupons',
      { coupons: many(1_001, (index) => ({ code: `${index}`, promotionId: 'p' })) },
      1_000,
    ],
    ['codes', { codes: many(101, (index) => `CODE${index}`) }, 100],
    [
      'uses',
      { uses: many(1_001, (index) => ({ promotionId: `${index}`, total: 1, byCustomer: 0 })) },
      1_000,
    ],
    [
      'tax_rules',
      {
        tax: tax(
          'exclusive',
          many(5_001, (index) => ({ id: `${index}` })),
        ),
      },
      5_000,
    ],
    [
      'tax_rules',
      {
        tax: tax(
          'exclusive',
          many(101, (index) => ({ id: `${index}` })),
        ),
      },
      100,
    ],
    ['customer_groups', { customer: { groups: many(1_001, (index) => `group ${index}`) } }, 1_000],
    [
      'lines_by_effects',
      {
        lines: many(1_001, (index) => line(`${index}`, '1.00')),
        promotions: many(100, (index) =>
          promotion(
            `${index}`,
            many(10, () => percentOff('1')),
          ),
        ),
      },
      1_000_000,
    ],
  ])('%s', (kind, changes, maximum) => {
    expect(refusalOf(changes)).toEqual({ code: 'pricing.too_many', kind, maximum });
  });

  test('as many lines as are allowed are priced', () => {
    const quote = quoteOf({
      lines: many(5_000, (index) => line(`${index}`, '1.00')),
      promotions: many(200, (index) => promotion(`${index}`, percentOff('100'))),
    });
    expect(quote.totals.subtotal).toEqual(dollars('5000.00'));
    expect(quote.totals.total).toEqual(dollars('0.00'));
  });

  test('as much of everything else as is allowed is priced', () => {
    const promotions = many(1_000, (index) =>
      promotion(`${index}`, percentOff('1'), { isActive: false }),
    );
    const quote = quoteOf({
      lines: many(1_000, (index) => line(`${index}`, '5.00')),
      promotions,
      customer: { groups: many(1_000, (index) => `group ${index}`) },
      coupons: many(1_000, (index) => ({ code: `C${index}`, promotionId: `${index}` })),
      codes: many(100, (index) => `C${index}`),
      uses: promotions.map(({ id }) => ({ promotionId: id, total: 1, byCustomer: 0 })),
      tax: tax(
        'exclusive',
        many(5_000, (index) => ({
          id: `${index}`,
          country: index < 100 ? germany : canada,
          rate: percent('0.01'),
        })),
      ),
    });
    expect(quote.totals.subtotal).toEqual(dollars('5000.00'));
    expect(quote.totals.tax).toEqual(dollars('50.00'));
    expect(quote.rejected).toHaveLength(100);
  });
});

describe('what contradicts itself is refused', () => {
  test('two promotions of one id', () => {
    const promotions = [promotion('p', percentOff('1')), promotion('p', percentOff('2'))];
    expect(refusalOf({ promotions })).toEqual({
      code: 'pricing.duplicate_id',
      kind: 'promotion',
      id: 'p',
    });
  });

  test('two tax rules of one id', () => {
    expect(refusalOf({ tax: tax('exclusive', [{ id: 'vat' }, { id: 'vat' }]) })).toEqual({
      code: 'pricing.duplicate_id',
      kind: 'tax_rule',
      id: 'vat',
    });
  });

  test('a promotion that nobody has checked', () => {
    const looksLikeOne = { id: 'p', effects: [], conditions: {} } as unknown as PromotionTerms;
    const promotions = [promotion('a', percentOff('1')), looksLikeOne];
    expect(refusalOf({ promotions })).toEqual({
      code: 'pricing.invalid_promotion',
      path: ['promotions', 1],
      reason: 'malformed',
    });
  });

  test.each([
    [-1, 0],
    [0, -1],
    [0.5, 0],
    [1, 0.5],
    [Number.NaN, 0],
    [0, Number.POSITIVE_INFINITY],
  ])('%d uses, %d of them by the customer', (total, byCustomer) => {
    expect(refusalOf({ uses: [{ promotionId: 'p', total, byCustomer }] })).toEqual({
      code: 'pricing.invalid_uses',
      promotionId: 'p',
    });
  });

  test('uses of one promotion, twice', () => {
    const uses = [1, 2].map((total) => ({ promotionId: 'p', total, byCustomer: 0 }));
    expect(refusalOf({ uses })).toEqual({ code: 'pricing.duplicate_id', kind: 'uses', id: 'p' });
  });

  test('but uses of a promotion that is not there are nobody’s business', () => {
    const uses = [{ promotionId: 'gone', total: 1, byCustomer: 1 }];
    expect(quoteOf({ uses }).rejected).toEqual([]);
  });
});
