import { describe, expect, test } from 'vitest';

import {
  amountOff,
  canada,
  dollars,
  eachLine,
  flat,
  germany,
  line,
  percent,
  promotion,
  quoteOf,
  stepsOf,
  tax,
} from '../../test/cart.fixture.ts';
import type { PricingInput } from './pricing-input.ts';
import type { TaxPolicy, TaxRule } from './tax.value.ts';

const taxOf = (changes: Partial<PricingInput>) => quoteOf(changes).totals.tax.toDecimal();
const exempt = { customer: { taxExempt: true } };

describe('tax that comes on top', () => {
  test('is added to what is left after all discounts', () => {
    const quote = quoteOf({
      lines: [line('tea', '10.00', 3)],
      promotions: [promotion('five', amountOff('5.00'))],
      tax: tax('exclusive', [{ id: 'vat', name: 'VAT', rate: percent('19') }]),
    });
    expect(quote.prices).toBe('exclusive');
    expect(quote.totals).toMatchObject({ tax: dollars('4.75'), total: dollars('29.75') });
    expect(quote.lines[0]).toMatchObject({
      total: dollars('25.00'),
      tax: dollars('4.75'),
      taxes: [{ ruleId: 'vat', amount: dollars('4.75') }],
    });
    expect(stepsOf(quote, 'tax')).toEqual([
      {
        step: 'tax',
        rule: 'tax_on_top',
        taxable: dollars('25.00'),
        rates: [{ ruleId: 'vat', name: 'VAT', rate: percent('19') }],
        onShipping: dollars('0.00'),
        exact: { numerator: 47_500n, denominator: 100n },
        amount: dollars('4.75'),
        shares: [{ lineId: 'tea', amount: dollars('4.75') }],
      },
    ]);
    expect(stepsOf(quote, 'totals')).toMatchObject([
      { goods: dollars('25.00'), taxOnTop: dollars('4.75'), amount: dollars('29.75') },
    ]);
  });

  test('of units is frozen to the cent', () => {
    const [tea] = quoteOf({
      lines: [line('tea', '1.00', 3)],
      tax: tax('exclusive', [{ rate: percent('10.5') }]),
    }).lines;
    expect(tea?.units).toEqual([
      { quantity: 1, total: dollars('1.00'), tax: dollars('0.10') },
      { quantity: 2, total: dollars('1.00'), tax: dollars('0.11') },
    ]);
  });
});

describe('tax that prices hold', () => {
  test('is rounded, and the net is the rest', () => {
    const quote = quoteOf({
      lines: [line('tea', '9.99')],
      tax: tax('inclusive', [{ id: 'vat', rate: percent('19') }]),
    });
    // 19 of 119 parts of 9.99 are 1.5950….
    expect(quote.totals).toMatchObject({ tax: dollars('1.60'), total: dollars('9.99') });
    expect(quote.lines[0]).toMatchObject({ total: dollars('9.99'), tax: dollars('1.60') });
    expect(stepsOf(quote, 'tax')).toMatchObject([
      {
        rule: 'tax_included',
        taxable: dollars('9.99'),
        rates: [{ ruleId: 'vat', name: 'vat' }],
        exact: { numerator: 999n * 19n, denominator: 119n },
      },
    ]);
    expect(stepsOf(quote, 'totals')).toMatchObject([{ taxOnTop: dollars('0.00') }]);
  });

  test('agrees with tax on top on the same net', () => {
    const rules = [{ rate: percent('8.875') }];
    const onTop = quoteOf({ lines: [line('tea', '33.33')], tax: tax('exclusive', rules) });
    const gross = onTop.totals.total.toDecimal();
    const included = quoteOf({ lines: [line('tea', gross)], tax: tax('inclusive', rules) });
    expect(included.totals.tax).toEqual(onTop.totals.tax);
  });

  test('rounds half to the even one where the store says so', () => {
    const half = (rounding: 'half_up' | 'half_even') =>
      taxOf({
        lines: [line('tea', '0.01')],
        tax: tax('exclusive', [{ rate: percent('50') }]),
        rounding,
      });
    expect(half('half_up')).toBe('0.01');
    expect(half('half_even')).toBe('0.00');
  });
});

describe('a buyer who is exempt', () => {
  const lines = [line('tea', '11.90')];

  test('pays the net where prices hold the tax', () => {
    const quote = quoteOf({
      lines,
      shipping: flat('1.19'),
      tax: tax('inclusive', [{ id: 'vat' }]),
      ...exempt,
    });
    expect(quote.lines[0]).toMatchObject({
      subtotal: dollars('11.90'),
      taxRelief: dollars('1.90'),
      tax: dollars('0.00'),
      taxes: [],
      total: dollars('10.00'),
      units: [{ quantity: 1, total: dollars('10.00'), tax: dollars('0.00') }],
    });
    expect(quote.shipping).toMatchObject({
      taxRelief: dollars('0.19'),
      tax: dollars('0.00'),
      taxes: [],
      total: dollars('1.00'),
    });
    expect(quote.totals).toEqual({
      subtotal: dollars('11.90'),
      discount: dollars('0.00'),
      taxRelief: dollars('1.90'),
      shipping: dollars('1.00'),
      tax: dollars('0.00'),
      total: dollars('11.00'),
    });
    expect(stepsOf(quote, 'tax')).toMatchObject([
      { rule: 'tax_relief', amount: dollars('1.90') },
      { rule: 'tax_relief', amount: dollars('0.19') },
    ]);
  });

  test('pays no tax where it comes on top, and no step speaks of it', () => {
    const quote = quoteOf({ lines, tax: tax('exclusive', [{}]), ...exempt });
    expect(quote.totals).toMatchObject({
      tax: dollars('0.00'),
      taxRelief: dollars('0.00'),
      total: dollars('11.90'),
    });
    expect(quote.lines[0]).toMatchObject({ tax: dollars('0.00'), taxes: [] });
    expect(stepsOf(quote, 'tax')).toEqual([]);
  });

  test('is one who says so: no tax facts, no exemption', () => {
    expect(taxOf({ lines, tax: tax('exclusive', [{}]), customer: { taxExempt: false } })).toBe(
      '2.26',
    );
    expect(taxOf({ lines, tax: tax('exclusive', [{}]), customer: {} })).toBe('2.26');
  });
});

describe('rules', () => {
  const fits = (rule: Partial<TaxRule>, input: Partial<PricingInput> = {}) =>
    taxOf({ tax: tax('exclusive', [{ rate: percent('10'), ...rule }]), ...input }) === '1.00';

  test('are those of the country', () => {
    expect(fits({})).toBe(true);
    expect(fits({ country: canada })).toBe(false);
    expect(fits({}, { destination: undefined })).toBe(false);
    expect(fits({}, { tax: undefined })).toBe(false);
  });

  test('are those of the region, as it is written', () => {
    const quebec = { destination: { country: canada, region: 'QC' } };
    expect(fits({ country: canada, region: 'QC' }, quebec)).toBe(true);
    expect(fits({ country: canada }, quebec)).toBe(true);
    expect(fits({ country: canada, region: 'ON' }, quebec)).toBe(false);
    expect(fits({ country: germany, region: 'QC' }, quebec)).toBe(false);
    expect(fits({ country: canada, region: 'QC' }, { destination: { country: canada } })).toBe(
      false,
    );
  });

  test('are those of the tax class; a line that names none is standard', () => {
    const books = { lines: [line('book', '10.00', 1, { taxClass: 'books' })] };
    expect(fits({ taxClass: 'books' }, books)).toBe(true);
    expect(fits({}, books)).toBe(true);
    expect(fits({ taxClass: 'standard' }, books)).toBe(false);
    expect(fits({ taxClass: 'standard' })).toBe(true);
    expect(fits({ taxClass: 'books' })).toBe(false);
  });

  test('add up: each has its share, and they are rounded together', () => {
    // 5 % and 9.975 % of 9.99 are 0.4995 and 0.996525: together 1.496025.
    const quote = quoteOf({
      lines: [line('tea', '9.99')],
      destination: { country: canada, region: 'QC' },
      tax: tax('exclusive', [
        { id: 'qst', name: 'QST', country: canada, region: 'QC', rate: percent('9.975') },
        { id: 'gst', name: 'GST', country: canada, rate: percent('5') },
      ]),
    });
    expect(quote.lines[0]?.taxes).toEqual([
      { ruleId: 'gst', amount: dollars('0.50') },
      { ruleId: 'qst', amount: dollars('1.00') },
    ]);
    expect(quote.totals.tax).toEqual(dollars('1.50'));
    expect(stepsOf(quote, 'tax')[0]?.rates).toEqual([
      { ruleId: 'gst', name: 'GST', rate: percent('5') },
      { ruleId: 'qst', name: 'QST', rate: percent('9.975') },
    ]);
  });

  test('of several that prices hold are taken out of the same net', () => {
    const quote = quoteOf({
      lines: [line('tea', '11.50')],
      tax: tax('inclusive', [
        { id: 'a', rate: percent('5') },
        { id: 'b', rate: percent('10') },
      ]),
    });
    expect(quote.lines[0]?.taxes).toEqual([
      { ruleId: 'a', amount: dollars('0.50') },
      { ruleId: 'b', amount: dollars('1.00') },
    ]);
  });

  test('of nothing, or on nothing, are not mentioned', () => {
    const zero = quoteOf({ tax: tax('exclusive', [{ rate: percent('0') }]) });
    expect(zero.lines[0]?.taxes).toEqual([]);
    expect(stepsOf(zero, 'tax')).toEqual([]);
    const free = quoteOf({ lines: [line('tea', '0.00')], tax: tax('exclusive', [{}]) });
    expect(free.lines[0]?.taxes).toEqual([]);
    expect(stepsOf(free, 'tax')).toEqual([]);
  });
});

describe('rounding', () => {
  const lines = [line('a', '0.05'), line('b', '0.05'), line('c', '0.05')];
  const tenPercent = (rounding: TaxPolicy['rounding'], prices: TaxPolicy['prices'] = 'exclusive') =>
    tax(prices, [{ rate: percent('10') }], rounding);

  test('per line rounds each line', () => {
    const quote = quoteOf({ lines, tax: tenPercent('per_line') });
    expect(eachLine(quote, 'tax')).toEqual({ a: '0.01', b: '0.01', c: '0.01' });
    expect(stepsOf(quote, 'tax')).toHaveLength(3);
  });

  test('per total rounds once, and shares it out to the lines', () => {
    const quote = quoteOf({ lines, tax: tenPercent('per_total') });
    expect(eachLine(quote, 'tax')).toEqual({ a: '0.01', b: '0.01', c: '0.00' });
    expect(quote.totals.tax).toEqual(dollars('0.02'));
    expect(stepsOf(quote, 'tax')).toMatchObject([
      {
        taxable: dollars('0.15'),
        exact: { numerator: 15n, denominator: 10n },
        amount: dollars('0.02'),
        onShipping: dollars('0.00'),
        shares: [
          { lineId: 'a', amount: dollars('0.01') },
          { lineId: 'b', amount: dollars('0.01') },
          { lineId: 'c', amount: dollars('0.00') },
        ],
      },
    ]);
  });

  test('per total knows several classes and shipping', () => {
    const quote = quoteOf({
      lines: [line('book', '10.00', 1, { taxClass: 'books' }), line('tea', '10.03')],
      shipping: { ...flat('4.07'), taxClass: 'books' },
      tax: tax(
        'exclusive',
        [
          { id: 'reduced', taxClass: 'books', rate: percent('7') },
          { id: 'vat', taxClass: 'standard', rate: percent('19') },
        ],
        'per_total',
      ),
    });
    // 0.70, 1.9057 and 0.2849: together 2.8906.
    expect(eachLine(quote, 'tax')).toEqual({ book: '0.70', tea: '1.91' });
    expect(quote.shipping?.tax).toEqual(dollars('0.28'));
    expect(quote.totals.tax).toEqual(dollars('2.89'));
    expect(stepsOf(quote, 'tax')).toMatchObject([
      {
        taxable: dollars('24.10'),
        amount: dollars('2.89'),
        onShipping: dollars('0.28'),
        rates: [{ ruleId: 'reduced' }, { ruleId: 'vat' }],
      },
    ]);
  });

  test('per total of tax that prices hold adds fractions of different classes', () => {
    const quote = quoteOf({
      lines: [line('book', '10.70', 1, { taxClass: 'books' }), line('tea', '11.90')],
      tax: tax(
        'inclusive',
        [
          { id: 'reduced', taxClass: 'books', rate: percent('7') },
          { id: 'vat', taxClass: 'standard', rate: percent('19') },
        ],
        'per_total',
      ),
    });
    expect(eachLine(quote, 'tax')).toEqual({ book: '0.70', tea: '1.90' });
    expect(quote.lines[0]?.taxes).toEqual([{ ruleId: 'reduced', amount: dollars('0.70') }]);
  });

  test('per line is the same for a line and for its parts', () => {
    const tea = { productId: 'tea', variantId: 'tea' };
    const quote = quoteOf({
      lines: [line('a', '0.05', 2, tea), line('b', '0.05', 1, tea)],
      tax: tax('exclusive', [
        { id: 'x', rate: percent('30') },
        { id: 'y', rate: percent('30') },
      ]),
    });
    // 60 % of 0.15 are 0.09: 0.05 of one rule and 0.04 of the other.
    expect(quote.lines.map(({ taxes }) => taxes)).toEqual([
      [
        { ruleId: 'x', amount: dollars('0.03') },
        { ruleId: 'y', amount: dollars('0.03') },
      ],
      [
        { ruleId: 'x', amount: dollars('0.02') },
        { ruleId: 'y', amount: dollars('0.01') },
      ],
    ]);
    expect(stepsOf(quote, 'tax')).toMatchObject([
      {
        shares: [
          { lineId: 'a', amount: dollars('0.06') },
          { lineId: 'b', amount: dollars('0.03') },
        ],
      },
    ]);
  });
});

test('lines that are taxed as one bear each rule without bearing more tax than is theirs', () => {
  const tea = { productId: 'tea', variantId: 'tea' };
  const quote = quoteOf({
    lines: [line('a', '0.02', 1, tea), line('b', '0.02', 1, tea)],
    tax: tax('exclusive', [
      { id: 'x', rate: percent('25') },
      { id: 'y', rate: percent('25') },
    ]),
  });
  expect(eachLine(quote, 'tax')).toEqual({ a: '0.01', b: '0.01' });
  expect(quote.lines.map(({ taxes }) => taxes.map(({ amount }) => amount.toDecimal()))).toEqual([
    ['0.01', '0.00'],
    ['0.00', '0.01'],
  ]);
});

test('the rules of a step stand by their ids, whatever is taxed first', () => {
  const quote = quoteOf({
    lines: [
      line('a', '1.00', 1, { taxClass: 'late' }),
      line('b', '1.00', 1, { taxClass: 'early' }),
    ],
    tax: tax(
      'exclusive',
      [
        { id: 'z', taxClass: 'late' },
        { id: 'c', taxClass: 'early' },
      ],
      'per_total',
    ),
  });
  expect(stepsOf(quote, 'tax')).toMatchObject([{ rates: [{ ruleId: 'c' }, { ruleId: 'z' }] }]);
});

describe('tax on shipping', () => {
  test('is that of the class of the method, on what is left of the rate', () => {
    const quote = quoteOf({
      shipping: { ...flat('8.00'), taxClass: 'services' },
      promotions: [promotion('less', { type: 'shipping_discount', percentage: percent('50') })],
      tax: tax('exclusive', [{ id: 's', taxClass: 'services', rate: percent('25') }]),
    });
    expect(quote.shipping).toMatchObject({
      total: dollars('4.00'),
      tax: dollars('1.00'),
      taxes: [{ ruleId: 's', amount: dollars('1.00') }],
    });
    expect(quote.totals).toMatchObject({
      shipping: dollars('4.00'),
      tax: dollars('1.00'),
      total: dollars('15.00'),
    });
    expect(stepsOf(quote, 'tax')).toMatchObject([
      {
        taxable: dollars('4.00'),
        amount: dollars('1.00'),
        onShipping: dollars('1.00'),
        shares: [],
      },
    ]);
  });

  test('is the standard one where the method names none', () => {
    const policy = tax('exclusive', [{ taxClass: 'standard', rate: percent('10') }]);
    expect(quoteOf({ shipping: flat('5.00'), tax: policy }).shipping?.tax).toEqual(dollars('0.50'));
  });

  test('that is free is none', () => {
    const quote = quoteOf({ shipping: flat('0.00'), tax: tax('exclusive', [{}]) });
    expect(quote.shipping).toMatchObject({ tax: dollars('0.00'), taxes: [] });
  });
});

test('without a tax policy prices are taken as net, and nothing is added', () => {
  expect(quoteOf({})).toMatchObject({ prices: 'exclusive', totals: { tax: dollars('0.00') } });
});
