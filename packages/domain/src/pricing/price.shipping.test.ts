import { describe, expect, test } from 'vitest';

import {
  amountOff,
  canada,
  dollars,
  eachPromotion,
  eachRejection,
  flat,
  freeShipping,
  germany,
  line,
  percent,
  percentOff,
  promotion,
  quoteOf,
  refusalOf,
  shippingOff,
  stepsOf,
} from '../../test/cart.fixture.ts';
import type { PricingInput } from './pricing-input.ts';
import type { PromotionDraft } from './promotion-draft.ts';
import type { ShippingCharge, ShippingMethod } from './shipping-method.value.ts';

const shippingOf = (changes: Partial<PricingInput>) =>
  quoteOf(changes).shipping?.total.toDecimal() ?? null;
const by = (charge: ShippingCharge): ShippingMethod => ({ method: 'parcel', rates: [{ charge }] });

describe('a flat rate', () => {
  test('is paid once, and the quote says why', () => {
    const quote = quoteOf({ lines: [line('tea', '10.00', 3)], shipping: flat('4.00') });
    expect(quote.shipping).toEqual({
      method: 'parcel',
      rate: dollars('4.00'),
      discount: dollars('0.00'),
      discounts: [],
      taxRelief: dollars('0.00'),
      tax: dollars('0.00'),
      taxes: [],
      total: dollars('4.00'),
    });
    expect(quote.totals).toMatchObject({ shipping: dollars('4.00'), total: dollars('34.00') });
    expect(stepsOf(quote, 'shipping')).toEqual([
      {
        step: 'shipping',
        rule: 'flat_rate',
        method: 'parcel',
        rate: dollars('4.00'),
        freeFrom: null,
        goods: dollars('30.00'),
        grams: 0,
        exact: { numerator: 400n, denominator: 1n },
        amount: dollars('4.00'),
        shares: [],
      },
    ]);
  });

  test('is not paid for nothing, or where nothing is shipped', () => {
    expect(shippingOf({ lines: [], shipping: flat('4.00') })).toBeNull();
    expect(shippingOf({ shipping: null })).toBeNull();
  });
});

describe('free from an amount', () => {
  const shipping = flat('4.00', { freeFrom: dollars('50.00') });

  test.each([
    ['49.99', '4.00', 'flat_rate'],
    ['50.00', '0.00', 'free_from'],
    ['50.01', '0.00', 'free_from'],
  ])('goods for %s are shipped for %s: %s', (unitPrice, cost, rule) => {
    const quote = quoteOf({ lines: [line('tea', unitPrice)], shipping });
    expect(quote.shipping).toMatchObject({ rate: dollars(cost), total: dollars(cost) });
    expect(stepsOf(quote, 'shipping')).toMatchObject([
      { rule, rate: dollars('4.00'), freeFrom: dollars('50.00'), amount: dollars(cost) },
    ]);
  });

  test('counts the goods after all discounts', () => {
    const promotions = [promotion('cent', amountOff('0.01'))];
    const lines = [line('tea', '50.00')];
    expect(shippingOf({ lines, shipping, promotions })).toBe('4.00');
    expect(shippingOf({ lines: [line('tea', '50.01')], shipping, promotions })).toBe('0.00');
  });

  test('from nothing is always free', () => {
    expect(shippingOf({ shipping: flat('4.00', { freeFrom: dollars('0.00') }) })).toBe('0.00');
  });
});

describe('a rate by subtotal', () => {
  const shipping = by({
    type: 'by_subtotal',
    steps: [
      { from: dollars('50.00'), amount: dollars('2.00') },
      { from: dollars('0.00'), amount: dollars('6.00') },
      { from: dollars('20.00'), amount: dollars('4.00') },
    ],
  });

  test.each([
    ['0.00', '6.00'],
    ['19.99', '6.00'],
    ['20.00', '4.00'],
    ['49.99', '4.00'],
    ['50.00', '2.00'],
    ['9999.99', '2.00'],
  ])('ships goods for %s for %s', (unitPrice, cost) => {
    expect(shippingOf({ lines: [line('tea', unitPrice)], shipping })).toBe(cost);
  });

  test('looks at what the discounts left', () => {
    const promotions = [promotion('cent', amountOff('0.01'))];
    const quote = quoteOf({ lines: [line('tea', '50.00')], shipping, promotions });
    expect(stepsOf(quote, 'shipping')).toMatchObject([
      { rule: 'rate_by_subtotal', goods: dollars('49.99'), amount: dollars('4.00') },
    ]);
  });
});

describe('a rate by weight', () => {
  const shipping = by({
    type: 'by_weight',
    steps: [
      { fromGrams: 1_000, amount: dollars('7.00') },
      { fromGrams: 0, amount: dollars('3.00') },
    ],
  });
  const heavy = (grams: number, quantity = 1) => [
    line('tea', '1.00', quantity, { weightGrams: grams }),
  ];

  test.each([
    [0, 1, '3.00'],
    [999, 1, '3.00'],
    [1_000, 1, '7.00'],
    [333, 3, '3.00'],
    [334, 3, '7.00'],
  ])('of %d grams, %d times, is %s', (grams, quantity, cost) => {
    expect(shippingOf({ lines: heavy(grams, quantity), shipping })).toBe(cost);
  });

  test('adds up the lines; goods without a weight weigh nothing', () => {
    const lines = [
      ...heavy(600),
      line('cup', '1.00', 9),
      line('pot', '1.00', 1, { weightGrams: 400 }),
    ];
    const quote = quoteOf({ lines, shipping });
    expect(stepsOf(quote, 'shipping')).toMatchObject([
      { rule: 'rate_by_weight', grams: 1_000, amount: dollars('7.00') },
    ]);
  });
});

describe('zones', () => {
  const rate = (amount: string, zone?: readonly string[]) => ({
    charge: { type: 'flat', amount: dollars(amount) } as const,
    ...(zone === undefined ? {} : { zone }),
  });
  const shipping: ShippingMethod = {
    method: 'parcel',
    rates: [
      rate('9.00'),
      rate('5.00', ['FR', 'DE']),
      rate('6.00', ['CA']),
      rate('8.00', ['CA/QC']),
    ],
  };

  test.each([
    [{ country: germany }, '5.00'],
    [{ country: germany, region: 'BY' }, '5.00'],
    [{ country: canada }, '6.00'],
    [{ country: canada, region: 'ON' }, '6.00'],
    [{ country: canada, region: 'QC' }, '8.00'],
    [{ country: 'JP' as typeof germany }, '9.00'],
    [undefined, '9.00'],
  ])(
    'to %j costs %s: a region counts before its country, that before the rest',
    (destination, cost) => {
      expect(shippingOf({ destination, shipping })).toBe(cost);
      const reversed = { ...shipping, rates: shipping.rates.toReversed() };
      expect(shippingOf({ destination, shipping: reversed })).toBe(cost);
    },
  );

  test('of a country with an empty region are not those of the country', () => {
    const empty = { ...shipping, rates: [rate('9.00'), rate('7.00', ['DE/'])] };
    expect(shippingOf({ shipping: empty, destination: { country: germany } })).toBe('9.00');
  });

  test('stand in order in what was priced', () => {
    const messy = { ...shipping, rates: [rate('1.00', ['FR', 'DE', 'FR']), rate('2.00', ['AT'])] };
    expect(quoteOf({ shipping: messy }).input.shipping?.rates.map(({ zone }) => zone)).toEqual([
      ['AT'],
      ['DE', 'FR'],
    ]);
  });

  test('that do not reach the place are an error', () => {
    const nowhere = { method: 'parcel', rates: [rate('5.00', ['FR']), rate('5.00', ['CA/QC'])] };
    const refusal = { code: 'pricing.no_shipping_rate', method: 'parcel' };
    expect(refusalOf({ shipping: nowhere })).toEqual(refusal);
    expect(refusalOf({ shipping: nowhere, destination: { country: canada } })).toEqual(refusal);
    expect(refusalOf({ shipping: nowhere, destination: undefined })).toEqual(refusal);
  });
});

describe('promotions on shipping', () => {
  const shipping = flat('8.00');
  const lessOf = (amount: string) =>
    ({ type: 'shipping_discount', amount: dollars(amount) }) as const;

  test('make it free', () => {
    const quote = quoteOf({ shipping, promotions: [promotion('free', freeShipping)] });
    expect(quote.shipping).toMatchObject({
      rate: dollars('8.00'),
      discount: dollars('8.00'),
      discounts: [{ promotionId: 'free', amount: dollars('8.00') }],
      total: dollars('0.00'),
    });
    expect(quote.promotions).toMatchObject([
      { discount: dollars('0.00'), shippingDiscount: dollars('8.00') },
    ]);
    expect(quote.totals).toMatchObject({ discount: dollars('0.00'), total: dollars('10.00') });
    expect(stepsOf(quote, 'shipping')[1]).toEqual({
      step: 'shipping',
      rule: 'free_shipping',
      promotionId: 'free',
      name: 'free',
      couponCode: null,
      rate: dollars('8.00'),
      exact: { numerator: 800n, denominator: 1n },
      amount: dollars('8.00'),
      shares: [],
    });
  });

  test('take a percentage off, rounded once', () => {
    const quote = quoteOf({
      shipping: flat('4.99'),
      promotions: [promotion('half', shippingOff('50'))],
    });
    expect(quote.shipping?.total).toEqual(dollars('2.49'));
    expect(stepsOf(quote, 'shipping')[1]).toMatchObject({
      rule: 'shipping_percentage',
      percentage: percent('50'),
      exact: { numerator: 499n, denominator: 2n },
      amount: dollars('2.50'),
    });
    expect(
      quoteOf({
        shipping: flat('0.01'),
        promotions: [promotion('half', shippingOff('50'))],
        rounding: 'half_even',
      }).shipping?.total,
    ).toEqual(dollars('0.01'));
  });

  test('take three quarters off', () => {
    const promotions = [promotion('most', shippingOff('75'))];
    expect(quoteOf({ shipping: flat('4.99'), promotions }).shipping?.discount).toEqual(
      dollars('3.74'),
    );
  });

  test('alone have a share of it, by their ids', () => {
    const quote = quoteOf({
      shipping,
      promotions: [
        promotion('z', lessOf('5.00'), { priority: 1 }),
        promotion('a', lessOf('1.00')),
        promotion('m', percentOff('10')),
      ],
    });
    expect(quote.shipping?.discounts).toEqual([
      { promotionId: 'a', amount: dollars('1.00') },
      { promotionId: 'z', amount: dollars('5.00') },
    ]);
  });

  test('of one promotion share its maximum', () => {
    const quote = quoteOf({
      shipping,
      promotions: [
        promotion('p', [percentOff('20'), lessOf('2.00'), lessOf('2.00')], {
          limits: { maximumDiscount: dollars('5.00') },
        }),
      ],
    });
    expect(stepsOf(quote, 'shipping').map(({ amount }) => amount)).toEqual(
      ['8.00', '2.00', '1.00'].map((amount) => dollars(amount)),
    );
  });

  test('take an amount off, but no more than there is', () => {
    const left = (amount: string) =>
      quoteOf({ shipping, promotions: [promotion('less', lessOf(amount))] });
    expect(left('3.00').shipping?.total).toEqual(dollars('5.00'));
    expect(left('8.00').shipping?.total).toEqual(dollars('0.00'));
    expect(left('8.01').shipping?.total).toEqual(dollars('0.00'));
    expect(stepsOf(left('9.00'), 'shipping')[1]).toMatchObject({
      rule: 'shipping_amount',
      fixed: dollars('9.00'),
      exact: { numerator: 800n, denominator: 1n },
      amount: dollars('8.00'),
    });
  });

  test('each work on the original rate, and together take no more than it', () => {
    const promotions = [
      promotion('a', shippingOff('50')),
      promotion('b', shippingOff('25')),
      promotion('c', lessOf('3.00'), { priority: -1 }),
    ];
    const quote = quoteOf({ shipping, promotions });
    expect(stepsOf(quote, 'shipping').map(({ amount }) => amount)).toEqual(
      ['8.00', '4.00', '2.00', '2.00'].map((amount) => dollars(amount)),
    );
    expect(quote.shipping?.total).toEqual(dollars('0.00'));
  });

  test('go by priority, then by id; one for whom nothing is left is told', () => {
    const quote = quoteOf({
      shipping,
      promotions: [
        promotion('z', lessOf('5.00'), { priority: 1, class: 'shipping' }),
        promotion('a', lessOf('5.00')),
        promotion('b', lessOf('5.00'), { class: 'line' }),
      ],
    });
    expect(quote.shipping?.discounts).toEqual([
      { promotionId: 'a', amount: dollars('3.00') },
      { promotionId: 'z', amount: dollars('5.00') },
    ]);
    expect(eachRejection(quote)).toEqual({ b: 'promotion.nothing_to_discount' });
  });

  test('share the maximum of their promotion with the goods', () => {
    const quote = quoteOf({
      shipping,
      promotions: [
        promotion('p', [percentOff('20'), freeShipping], {
          limits: { maximumDiscount: dollars('5.00') },
        }),
      ],
    });
    expect(eachPromotion(quote)).toEqual({ p: '2.00' });
    expect(quote.shipping?.discount).toEqual(dollars('3.00'));
  });

  test.each([
    ['free_shipping', { type: 'free_shipping' as const }],
    ['shipping_discount', { type: 'shipping_discount' as const, amount: dollars('5.99') }],
  ])('wait for something in their target: %s', (_, effect) => {
    const forTea = promotion(
      'for-tea',
      { ...effect, target: { tags: ['tea'] } },
      { class: 'shipping' },
    );
    const shippedWith = (tags: readonly string[]) =>
      quoteOf({
        lines: [line('cup', '10.00', 1, { tags })],
        promotions: [forTea],
        shipping: flat('5.99'),
      });
    expect(shippedWith(['tea']).totals.shipping).toEqual(dollars('0.00'));
    const without = shippedWith(['cups']);
    expect(without.totals.shipping).toEqual(dollars('5.99'));
    expect(without.rejected.map(({ code }) => code)).toEqual(['promotion.no_eligible_items']);
  });

  test('with a target outside the cart leave the other effects of their promotion alone', () => {
    const both = promotion('both', [
      percentOff('10'),
      { type: 'free_shipping', target: { tags: ['tea'] } },
    ]);
    const { totals } = quoteOf({
      lines: [line('cup', '10.00')],
      promotions: [both],
      shipping: flat('5.99'),
    });
    expect([totals.discount, totals.shipping]).toEqual([dollars('1.00'), dollars('5.99')]);
  });

  test('have nothing to do where the goods are shipped for nothing', () => {
    const quote = quoteOf({
      shipping: flat('8.00', { freeFrom: dollars('10.00') }),
      promotions: [promotion('free', freeShipping)],
    });
    expect(eachRejection(quote)).toEqual({ free: 'promotion.nothing_to_discount' });
    expect(stepsOf(quote, 'shipping')).toHaveLength(1);
  });

  test('of the order wait for what all discounts leave, whether or not promotions disagree', () => {
    // Free from 100.00 on: 105.00 are shipped for nothing until ten percent are off.
    const of = (picky: PromotionDraft['combinesWith'] | undefined) =>
      quoteOf({
        lines: [line('tea', '105.00')],
        shipping: flat('5.00', { freeFrom: dollars('100.00') }),
        promotions: [
          promotion('free', freeShipping, { class: 'order' }),
          promotion('ten', percentOff('10')),
          promotion('cent', amountOff('0.01'), {
            class: 'line',
            ...(picky === undefined ? {} : { combinesWith: picky }),
          }),
        ],
      });
    for (const quote of [of(undefined), of(['line', 'order'])]) {
      expect(eachPromotion(quote)).toEqual({ cent: '0.01', free: '0.00', ten: '10.50' });
      expect(quote.shipping?.discount).toEqual(dollars('5.00'));
      expect(quote.totals.total).toEqual(dollars('94.49'));
    }
  });

  test('look at the minimum that the discounted goods reach', () => {
    const free = promotion('free', freeShipping, {
      class: 'shipping',
      conditions: { minimumSubtotal: dollars('10.00') },
    });
    expect(quoteOf({ shipping, promotions: [free] }).totals.shipping).toEqual(dollars('0.00'));
    const cent = promotion('cent', amountOff('0.01'));
    const quote = quoteOf({ shipping, promotions: [free, cent] });
    expect(quote.totals.shipping).toEqual(dollars('8.00'));
    expect(eachRejection(quote)).toEqual({ free: 'promotion.below_minimum' });
  });
});

describe('a method that contradicts itself is refused', () => {
  const invalid = (reason: string) => ({
    code: 'pricing.invalid_shipping',
    method: 'parcel',
    reason,
  });
  const weights = (...fromGrams: readonly number[]) =>
    by({
      type: 'by_weight',
      steps: fromGrams.map((from) => ({ fromGrams: from, amount: dollars('1.00') })),
    });
  const subtotals = (...amounts: readonly string[]) =>
    by({
      type: 'by_subtotal',
      steps: amounts.map((from) => ({ from: dollars(from), amount: dollars('1.00') })),
    });
  const zones = (...lists: readonly (readonly string[] | undefined)[]) => ({
    method: 'parcel',
    rates: lists.map((zone) => ({
      charge: { type: 'flat', amount: dollars('1.00') } as const,
      zone,
    })),
  });

  test.each<[string, ShippingMethod, string]>([
    ['no rates', { method: 'parcel', rates: [] }, 'no_rates'],
    ['a zone of no places', zones([]), 'empty_zone'],
    ['a zone of no places beside another', zones([], ['DE']), 'empty_zone'],
    ['a place in two zones', zones(['DE', 'FR'], ['DE']), 'zone_named_twice'],
    ['two rates for the rest', zones(undefined, undefined), 'zone_named_twice'],
    ['weights without steps', weights(), 'scale_not_from_zero'],
    ['weights not from zero', weights(1, 5), 'scale_not_from_zero'],
    ['weights below zero', weights(-1, 0), 'scale_not_from_zero'],
    ['a weight twice', weights(0, 5, 5), 'step_named_twice'],
    ['half a gram', weights(0, 0.5), 'invalid_weight'],
    ['no number', weights(0, Number.NaN), 'invalid_weight'],
    ['a weight without end', weights(0, Number.POSITIVE_INFINITY), 'invalid_weight'],
    ['subtotals without steps', subtotals(), 'scale_not_from_zero'],
    ['subtotals not from zero', subtotals('0.01'), 'scale_not_from_zero'],
    ['a subtotal twice', subtotals('5.00', '0.00', '5.00'), 'step_named_twice'],
  ])('%s', (_, shipping, reason) => {
    expect(refusalOf({ shipping })).toEqual(invalid(reason));
  });

  test('by the same words whatever is in the cart, even nothing', () => {
    expect(refusalOf({ shipping: weights(), lines: [] })).toEqual(invalid('scale_not_from_zero'));
  });

  test('for an amount below zero, or in another currency', () => {
    const negative = { code: 'pricing.negative_price', subject: 'parcel' };
    const foreign = { code: 'pricing.currency_mismatch', subject: 'parcel', expected: 'USD' };
    const cent = dollars('-0.01');
    const euro = dollars('1.00', 'EUR');
    const zero = dollars('0.00');
    for (const [amount, refusal] of [
      [cent, negative],
      [euro, foreign],
    ] as const)
      for (const shipping of [
        by({ type: 'flat', amount }),
        flat('1.00', { freeFrom: amount }),
        by({ type: 'by_weight', steps: [{ fromGrams: 0, amount }] }),
        by({ type: 'by_subtotal', steps: [{ from: zero, amount }] }),
        by({
          type: 'by_subtotal',
          steps: [
            { from: zero, amount: zero },
            { from: amount, amount: zero },
          ],
        }),
      ])
        expect(refusalOf({ shipping })).toEqual(refusal);
  });

  test('for more rates than there are places', () => {
    const names = Array.from({ length: 1_001 }, (_, index) => [`zone ${index}`]);
    expect(refusalOf({ shipping: zones(...names) })).toEqual({
      code: 'pricing.too_many',
      kind: 'rates',
      maximum: 1_000,
    });
    expect(refusalOf({ shipping: zones(...names.slice(1)) }).code).toBe('pricing.no_shipping_rate');
  });
});
