import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseQuote } from './quote.json.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const zero = usd('0.00');

const step = {
  exact: { numerator: '199', denominator: '2' },
  amount: usd('1.00'),
  shares: [{ line_id: 'a', amount: usd('1.00') }],
};
const ofPromotion = { ...step, promotion_id: 'ten', name: 'Ten', coupon_code: null };
const ofGoods = {
  ...ofPromotion,
  eligible: usd('19.90'),
  eligible_units: 2,
  dropped: zero,
};
const ofShipping = { ...ofPromotion, step: 'shipping', rate: usd('5.99') };
const ofRate = { method: 'standard', rate: usd('5.99'), free_from: null, goods: zero, grams: 0 };
const ofTax = {
  ...step,
  step: 'tax',
  taxable: usd('19.90'),
  rates: [{ rule_id: 'vat', name: 'VAT', rate: '8.875' }],
  on_shipping: zero,
};

const everyStep = [
  {
    ...step,
    step: 'lines',
    rule: 'unit_price_times_quantity',
    line_id: 'a',
    unit_price: usd('9.95'),
    quantity: 2,
  },
  { ...ofGoods, step: 'line_promotions', rule: 'percentage', percentage: '8.875' },
  { ...ofGoods, step: 'order_promotions', rule: 'fixed_across', fixed: usd('1.00') },
  { ...ofGoods, step: 'line_promotions', rule: 'fixed_per_unit', fixed: usd('1.00') },
  {
    ...ofGoods,
    step: 'line_promotions',
    rule: 'buy_x_get_y',
    buy: 2,
    get: 1,
    percentage: '100',
    repeats: 1,
  },
  ...['flat_rate', 'rate_by_subtotal', 'rate_by_weight'].map((rule) => ({
    ...step,
    step: 'shipping',
    rule,
    ...ofRate,
  })),
  { ...step, step: 'shipping', rule: 'free_from', ...ofRate, free_from: usd('10.00') },
  { ...ofShipping, rule: 'free_shipping' },
  { ...ofShipping, rule: 'shipping_percentage', percentage: '50' },
  { ...ofShipping, rule: 'shipping_amount', fixed: usd('1.00') },
  ...['tax_on_top', 'tax_included', 'tax_relief'].map((rule) => ({ ...ofTax, rule })),
  {
    ...step,
    step: 'totals',
    rule: 'goods_plus_shipping_plus_tax',
    goods: zero,
    shipping: zero,
    tax_on_top: zero,
  },
];

const because = (reason: string, details: object = {}) => ({
  reason,
  code: `promotion.${reason}`,
  promotion_id: 'late',
  coupon_code: null,
  ...details,
});

const everyRejection = [
  because('inactive'),
  because('not_started', { starts_at: '2026-11-24T00:00:00.000Z' }),
  because('expired', { ends_at: '2026-11-23T00:00:00.001Z' }),
  because('limit_reached', { limit: 10 }),
  because('customer_limit_reached', { limit: 1 }),
  because('other_currency'),
  because('not_for_customer'),
  because('not_first_order'),
  because('not_for_destination'),
  because('no_eligible_items'),
  because('below_minimum', { minimum: usd('50.00'), reached: usd('19.90') }),
  because('below_minimum_quantity', { minimum: 3, reached: 2 }),
  because('nothing_to_discount'),
  because('excluded_by', { winner_id: 'ten' }),
  because('expired', {
    code: 'coupon.expired',
    coupon_code: 'LATE',
    ends_at: '2026-11-23T00:00:00.000Z',
  }),
  ...['unknown', 'used_up', 'same_promotion'].map((reason) => ({
    reason,
    code: `coupon.${reason}`,
    promotion_id: null,
    coupon_code: 'X',
  })),
];

const input = {
  currency: 'USD',
  at: '2026-11-23T03:31:04.005Z',
  lines: [
    {
      id: 'a',
      product_id: 'tea',
      variant_id: 'tea-100g',
      unit_price: usd('9.95'),
      quantity: 2,
      category_ids: ['drinks'],
      tags: ['new'],
      tax_class: 'reduced',
      weight_grams: 100,
      minimum_unit_price: usd('1.00'),
    },
  ],
  promotions: [],
  coupons: [{ code: 'TEN', promotion_id: 'ten', uses_left: 0 }],
  codes: ['TEN'],
  uses: [{ promotion_id: 'ten', total: 5, by_customer: 0 }],
  customer: { groups: ['vip'], first_order: false, tax_exempt: false },
  destination: { country: 'US', region: 'CA' },
  tax: {
    prices: 'exclusive',
    rounding: 'per_total',
    rules: [
      { id: 'vat', name: 'VAT', country: 'US', region: 'CA', tax_class: 'reduced', rate: '8.875' },
    ],
  },
  shipping: {
    method: 'standard',
    rates: [
      { zone: ['US'], charge: { type: 'flat', amount: usd('5.99') }, free_from: usd('99.00') },
      { charge: { type: 'by_subtotal', steps: [{ from: zero, amount: usd('5.99') }] } },
      { charge: { type: 'by_weight', steps: [{ from_grams: 0, amount: usd('5.99') }] } },
    ],
    tax_class: 'standard',
  },
  combining: 'best_for_customer',
  rounding: 'half_even',
};

const quote = {
  input,
  currency: 'USD',
  prices: 'exclusive',
  lines: [
    {
      id: 'a',
      product_id: 'tea',
      variant_id: 'tea-100g',
      unit_price: usd('9.95'),
      quantity: 2,
      subtotal: usd('19.90'),
      discount: usd('1.99'),
      discounts: [{ promotion_id: 'ten', amount: usd('1.99') }],
      tax_relief: zero,
      tax: usd('1.59'),
      taxes: [{ rule_id: 'vat', amount: usd('1.59') }],
      total: usd('17.91'),
      units: [
        { quantity: 1, total: usd('8.96'), tax: usd('0.80') },
        { quantity: 1, total: usd('8.95'), tax: usd('0.79') },
      ],
    },
  ],
  shipping: {
    method: 'standard',
    rate: usd('5.99'),
    discount: usd('1.00'),
    discounts: [{ promotion_id: 'ten', amount: usd('1.00') }],
    tax_relief: zero,
    tax: usd('0.44'),
    taxes: [{ rule_id: 'vat', amount: usd('0.44') }],
    total: usd('4.99'),
  },
  totals: {
    subtotal: usd('19.90'),
    discount: usd('1.99'),
    tax_relief: zero,
    shipping: usd('4.99'),
    tax: usd('2.03'),
    total: usd('24.93'),
  },
  promotions: [
    {
      promotion_id: 'ten',
      name: 'Ten',
      class: 'order',
      coupon_code: 'TEN',
      discount: usd('1.99'),
      shipping_discount: usd('1.00'),
    },
  ],
  rejected: everyRejection,
  explanation: everyStep,
};

type Path = readonly (string | number)[];

/** A copy of the JSON with another value at one place. */
function withValueAt(json: unknown, [first, ...others]: Path, value: unknown): unknown {
  if (first === undefined) return value;
  const inner = (json as Record<string | number, unknown>)[first];
  const changed = withValueAt(inner, others, value);
  return Array.isArray(json)
    ? json.with(Number(first), changed)
    : { ...(json as object), [first]: changed };
}

describe('a quote as JSON', () => {
  test('has these names and shapes, whatever step or rejection it holds', () => {
    expect(parseQuote(quote)._unsafeUnwrap().toJSON()).toStrictEqual(quote);
  });

  test('may be anything, and is then no quote', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue()), (json) => {
        expect(parseQuote(json).isErr()).toBe(true);
      }),
    );
  });

  test('survives anything in the place of any part', () => {
    const places: readonly Path[] = [
      ...Object.keys(quote).map((name) => [name]),
      ...Object.keys(input).map((name) => ['input', name]),
      ...everyStep.map((_, index) => ['explanation', index]),
      ...everyRejection.map((_, index) => ['rejected', index]),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.anything(), (place, anything) => {
        const parsed = parseQuote(withValueAt(quote, place, anything));
        expect(parsed.isOk() || parsed.error.path.length > 0).toBe(true);
      }),
    );
  });

  const readable: readonly (readonly [string, Path, unknown])[] = [
    ['no instant', ['input', 'at'], 1_795_404_664_005],
    ['half a unit', ['input', 'lines', 0, 'quantity'], 0.5],
    ['a rate above 100 %', ['input', 'tax', 'rules', 0, 'rate'], '100.1'],
    ['a tax mode nobody knows', ['prices'], 'net'],
    ['a rejection without its facts', ['rejected', 1, 'starts_at'], undefined],
    ['a rejection with the code of another', ['rejected', 0, 'code'], 'promotion.expired'],
    ['an exact amount divided by nothing', ['explanation', 0, 'exact', 'denominator'], '0'],
    ['an exact amount below nothing', ['explanation', 0, 'exact', 'denominator'], '-2'],
    ['a number where text keeps it exact', ['explanation', 0, 'exact', 'numerator'], 199],
    ['shipping that is left out', ['shipping'], undefined],
  ];
  test.each(readable)('cannot be read with %s', (_title, path, value) => {
    const error = parseQuote(withValueAt(quote, path, value))._unsafeUnwrapErr();
    expect(error).toMatchObject({ code: 'core.malformed_json', path });
  });

  const line: Path = ['lines', 0];
  const contradictions: readonly (readonly [string, Path, unknown, Path])[] = [
    ['a line that costs more', [...line, 'unit_price'], usd('9.96'), [...line, 'subtotal']],
    ['one unit more', [...line, 'quantity'], 3, [...line, 'subtotal']],
    ['another share', [...line, 'discounts', 0, 'amount'], usd('1.98'), [...line, 'discount']],
    ['no tax share', [...line, 'taxes'], [], [...line, 'tax']],
    ['tax relief nobody got', [...line, 'tax_relief'], usd('0.01'), [...line, 'total']],
    ['a dearer unit', [...line, 'units', 0, 'total'], usd('8.97'), [...line, 'units']],
    ['a unit with more tax', [...line, 'units', 0, 'tax'], usd('0.81'), [...line, 'units']],
    ['half of the units', [...line, 'units', 1, 'quantity'], 0, [...line, 'units']],
    [
      'units that were taken away again',
      [...line, 'units'],
      [
        { quantity: 3, total: usd('8.96'), tax: usd('0.80') },
        { quantity: -1, total: usd('8.97'), tax: usd('0.81') },
      ],
      [...line, 'units'],
    ],
    ['a dearer way of shipping', ['shipping', 'rate'], usd('6.00'), ['shipping', 'total']],
    ['less off shipping', ['shipping', 'discounts'], [], ['shipping', 'discount']],
    ['more tax on shipping', ['shipping', 'tax'], usd('0.45'), ['shipping', 'tax']],
    ['no shipping', ['shipping'], null, ['totals', 'shipping']],
    ['no lines', ['lines'], [], ['totals', 'subtotal']],
    ...Object.keys(quote.totals).map((name): readonly [string, Path, unknown, Path] => [
      `another ${name}`,
      ['totals', name],
      usd('99.99'),
      ['totals', name],
    ]),
    ['prices that hold the tax', ['prices'], 'inclusive', ['totals', 'total']],
    ['promotions that took nothing', ['promotions'], [], ['promotions']],
    ['another currency', ['currency'], 'EUR', ['currency']],
    ['an input of another currency', ['input', 'currency'], 'EUR', ['currency']],
    ['a line in another currency', [...line, 'total'], { amount: '17.91', currency: 'EUR' }, line],
    [
      'a total in another currency',
      ['totals', 'total'],
      { amount: '24.93', currency: 'EUR' },
      ['totals'],
    ],
    [
      'shipping in another currency',
      ['shipping', 'total'],
      { amount: '4.99', currency: 'EUR' },
      ['shipping'],
    ],
    [
      'a promotion in another currency',
      ['promotions', 0, 'discount'],
      { amount: '1.99', currency: 'EUR' },
      ['promotions'],
    ],
  ];
  test.each(contradictions)('contradicts itself with %s', (_title, place, value, path) => {
    expect(parseQuote(withValueAt(quote, place, value))._unsafeUnwrapErr()).toStrictEqual({
      code: 'pricing.malformed_quote',
      path,
    });
  });
});
