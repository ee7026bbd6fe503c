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
  NOW,
  percentOff,
  promotion,
  quoteOf,
  shippingOff,
} from '../../test/cart.fixture.ts';
import type { Instant } from '../core/instant.value.ts';
import type { PricingInput } from './pricing-input.ts';
import type { PromotionConditions } from './promotion-conditions.ts';
import type { PromotionDraft } from './promotion-draft.ts';

const at = (milliseconds: number) => milliseconds as Instant;
const ten = (draft: Partial<PromotionDraft>) => [promotion('ten', percentOff('10'), draft)];

/** `applied`, or the reason why not. */
const outcomeOf = (draft: Partial<PromotionDraft>, input: Partial<PricingInput> = {}) => {
  const quote = quoteOf({ promotions: ten(draft), ...input });
  expect(quote.totals.discount.minorUnits === 0n).toBe(quote.promotions.length === 0);
  return quote.rejected[0]?.reason ?? 'applied';
};
const when = (conditions: PromotionConditions, input: Partial<PricingInput> = {}) =>
  outcomeOf({ conditions }, input);

describe('a window', () => {
  const window = { startsAt: NOW, endsAt: at(NOW + 1_000) };

  test.each([
    [-1, 'not_started'],
    [0, 'applied'],
    [1, 'applied'],
    [999, 'applied'],
    [1_000, 'expired'],
    [1_001, 'expired'],
  ])('of a second, %d ms after its start: %s', (later, outcome) => {
    expect(outcomeOf(window, { at: at(NOW + later) })).toBe(outcome);
  });

  test('may be open on either side', () => {
    expect(outcomeOf({ startsAt: NOW }, { at: at(253_402_300_799_999) })).toBe('applied');
    expect(outcomeOf({ startsAt: NOW }, { at: at(NOW - 1) })).toBe('not_started');
    expect(outcomeOf({ endsAt: NOW }, { at: at(-62_167_219_200_000) })).toBe('applied');
    expect(outcomeOf({ endsAt: NOW })).toBe('expired');
  });

  test('that is missed is told with the moment', () => {
    expect(quoteOf({ promotions: ten({ endsAt: NOW }) }).rejected).toEqual([
      {
        code: 'promotion.expired',
        reason: 'expired',
        endsAt: NOW,
        promotionId: 'ten',
        couponCode: null,
      },
    ]);
    const startsAt = at(NOW + 1);
    expect(quoteOf({ promotions: ten({ startsAt }) }).rejected).toMatchObject([
      { code: 'promotion.not_started', startsAt },
    ]);
  });

  test('means nothing to a promotion that is switched off', () => {
    expect(outcomeOf({ ...window, isActive: false })).toBe('inactive');
    expect(outcomeOf({ ...window, isActive: true })).toBe('applied');
  });
});

describe('a minimum subtotal', () => {
  const minimumSubtotal = dollars('20.00');
  const goods = (unitPrice: string) => ({ lines: [line('tea', unitPrice)] });

  test.each([
    ['19.99', 'below_minimum'],
    ['20.00', 'applied'],
    ['20.01', 'applied'],
  ])('of 20.00 with goods for %s: %s', (unitPrice, outcome) => {
    expect(when({ minimumSubtotal }, goods(unitPrice))).toBe(outcome);
    expect(when({ minimumSubtotal, basis: 'running' }, goods(unitPrice))).toBe(outcome);
    expect(when({ minimumSubtotal, basis: 'base' }, goods(unitPrice))).toBe(outcome);
  });

  test.each([
    ['base', '20.00', 'applied'],
    ['base', '19.99', 'below_minimum'],
    ['running', '20.00', 'below_minimum'],
    ['running', '20.01', 'applied'],
    [undefined, '20.00', 'below_minimum'],
    [undefined, '20.01', 'applied'],
  ] as const)(
    'on the basis of %s, with goods for %s less one cent of an earlier promotion: %s',
    (basis, unitPrice, outcome) => {
      const promotions = [
        promotion('cent', amountOff('0.01'), { priority: 1 }),
        ...ten({ conditions: { minimumSubtotal, basis } }),
      ];
      const quote = quoteOf({ ...goods(unitPrice), promotions });
      expect(quote.rejected[0]?.reason ?? 'applied').toBe(outcome);
    },
  );

  test('that is missed is told with what was reached', () => {
    const promotions = ten({ conditions: { minimumSubtotal } });
    expect(quoteOf({ ...goods('19.99'), promotions }).rejected).toEqual([
      {
        code: 'promotion.below_minimum',
        reason: 'below_minimum',
        minimum: dollars('20.00'),
        reached: dollars('19.99'),
        promotionId: 'ten',
        couponCode: null,
      },
    ]);
  });

  test('counts the goods that qualify, and no others', () => {
    const lines = [line('cup', '15.00'), line('tea', '19.99')];
    expect(when({ minimumSubtotal }, { lines })).toBe('applied');
    expect(when({ minimumSubtotal, productIds: ['tea'] }, { lines })).toBe('below_minimum');
    expect(when({ minimumSubtotal, productIds: ['tea', 'cup'] }, { lines })).toBe('applied');
    const marked = lines.map((one) => ({ ...one, categoryIds: [one.id], tags: [one.id] }));
    expect(when({ minimumSubtotal, categoryIds: ['tea'] }, { lines: marked })).toBe(
      'below_minimum',
    );
    expect(when({ minimumSubtotal, tags: ['tea'] }, { lines: marked })).toBe('below_minimum');
  });

  test('of nothing is always reached', () => {
    expect(when({ minimumSubtotal: dollars('0.00') })).toBe('applied');
  });
});

describe('a minimum quantity', () => {
  test.each([
    [2, 'below_minimum_quantity'],
    [3, 'applied'],
    [4, 'applied'],
  ])('of three with %d units: %s', (quantity, outcome) => {
    expect(when({ minimumQuantity: 3 }, { lines: [line('tea', '1.00', quantity)] })).toBe(outcome);
  });

  test('counts units of all lines, or of those that qualify', () => {
    const lines = [line('cup', '1.00', 2), line('tea', '10.00', 1)];
    expect(when({ minimumQuantity: 3 }, { lines })).toBe('applied');
    const conditions = { minimumQuantity: 2, productIds: ['tea'] };
    expect(when(conditions, { lines })).toBe('below_minimum_quantity');
    expect(quoteOf({ lines, promotions: ten({ conditions }) }).rejected).toMatchObject([
      { code: 'promotion.below_minimum_quantity', minimum: 2, reached: 1 },
    ]);
  });
});

describe('goods that must be in the cart', () => {
  const lines = [
    line('cup', '5.00', 1, { categoryIds: ['kitchen'], tags: ['red'] }),
    line('tea', '10.00', 1, { tags: ['green'] }),
  ];

  test.each<[string, PromotionConditions, string]>([
    ['a product', { productIds: ['tea'] }, 'applied'],
    ['one product of several', { productIds: ['saucer', 'tea'] }, 'applied'],
    ['a product that is not there', { productIds: ['saucer'] }, 'no_eligible_items'],
    ['a category', { categoryIds: ['kitchen'] }, 'applied'],
    ['a category that is not there', { categoryIds: ['garden'] }, 'no_eligible_items'],
    ['a tag', { tags: ['green'] }, 'applied'],
    ['a tag that is not there', { tags: ['blue'] }, 'no_eligible_items'],
    ['a product and a tag, of two lines', { productIds: ['tea'], tags: ['red'] }, 'applied'],
    ['a product, but not the tag', { productIds: ['tea'], tags: ['blue'] }, 'no_eligible_items'],
    [
      'a tag, but not the category',
      { categoryIds: ['garden'], tags: ['red'] },
      'no_eligible_items',
    ],
    [
      'a category, but not the product',
      { productIds: ['x'], categoryIds: ['kitchen'] },
      'no_eligible_items',
    ],
    ['a price from five', { priceRange: { from: dollars('5.00') } }, 'applied'],
    ['a price from ten', { priceRange: { from: dollars('10.00') } }, 'applied'],
    ['a price above ten', { priceRange: { from: dollars('10.01') } }, 'no_eligible_items'],
    ['a price to five', { priceRange: { to: dollars('5.00') } }, 'applied'],
    ['a price below five', { priceRange: { to: dollars('4.99') } }, 'no_eligible_items'],
    [
      'a price between the two',
      { priceRange: { from: dollars('5.01'), to: dollars('9.99') } },
      'no_eligible_items',
    ],
    [
      'a product at its price',
      { productIds: ['cup'], priceRange: { to: dollars('5.00') } },
      'applied',
    ],
    [
      'a product at the price of another',
      { productIds: ['tea'], priceRange: { to: dollars('5.00') } },
      'no_eligible_items',
    ],
  ])('%s: %#', (_, conditions, outcome) => {
    expect(when(conditions, { lines })).toBe(outcome);
  });

  test('say whether a promotion applies, and its target says to what', () => {
    const quote = quoteOf({
      lines,
      promotions: [
        promotion(
          'p',
          { ...percentOff('10'), target: { productIds: ['tea'] } },
          { conditions: { productIds: ['cup'] } },
        ),
      ],
    });
    expect(quote.lines.map(({ discount }) => discount)).toEqual([dollars('0.00'), dollars('1.00')]);
  });

  test('count for a threshold at their price before any discount', () => {
    const priceRange = { from: dollars('10.00') };
    const promotions = [
      promotion('cent', amountOff('0.01'), { priority: 1 }),
      ...ten({ conditions: { priceRange } }),
    ];
    expect(eachPromotion(quoteOf({ lines, promotions }))).toEqual({ cent: '0.01', ten: '1.50' });
  });
});

describe('the customer', () => {
  test('is in one of the groups', () => {
    const vip = { customerGroups: ['club', 'vip'] };
    expect(when(vip, { customer: { groups: ['vip'] } })).toBe('applied');
    expect(when(vip, { customer: { groups: ['other', 'club'] } })).toBe('applied');
    expect(when(vip, { customer: { groups: ['other'] } })).toBe('not_for_customer');
    expect(when(vip, { customer: { groups: [] } })).toBe('not_for_customer');
    expect(when(vip, { customer: {} })).toBe('not_for_customer');
    expect(when(vip)).toBe('not_for_customer');
  });

  test('orders for the first time', () => {
    expect(when({ firstOrder: true }, { customer: { isFirstOrder: true } })).toBe('applied');
    expect(when({ firstOrder: true }, { customer: { isFirstOrder: false } })).toBe(
      'not_first_order',
    );
    expect(when({ firstOrder: true }, { customer: {} })).toBe('not_first_order');
    expect(when({ firstOrder: true })).toBe('not_first_order');
    expect(when({ firstOrder: false })).toBe('applied');
    expect(when({ firstOrder: false }, { customer: { isFirstOrder: true } })).toBe('applied');
  });

  test('has the goods sent to one of the countries', () => {
    const abroad = { shippingCountries: [germany, canada] };
    expect(when(abroad)).toBe('applied');
    expect(when({ shippingCountries: [canada] })).toBe('not_for_destination');
    expect(when(abroad, { destination: undefined })).toBe('not_for_destination');
  });
});

describe('the currency', () => {
  const eur = dollars('0.00', 'EUR').currency;

  test('is the one that the promotion is for', () => {
    expect(when({ currency: dollars('0.00').currency })).toBe('applied');
    expect(when({ currency: eur })).toBe('other_currency');
  });

  test('is that of every amount which its conditions and limits name', () => {
    const euro = dollars('1.00', 'EUR');
    expect(when({ minimumSubtotal: euro })).toBe('other_currency');
    expect(when({ priceRange: { from: euro } })).toBe('other_currency');
    expect(when({ priceRange: { to: euro } })).toBe('other_currency');
    expect(outcomeOf({ limits: { maximumDiscount: euro } })).toBe('other_currency');
  });

  test('is that of one of the amounts that its effects give', () => {
    const euro = dollars('1.00', 'EUR');
    const lessShipping = { type: 'shipping_discount', amount: euro } as const;
    const elsewhere = [promotion('p', [percentOff('10'), lessShipping])];
    expect(eachRejection(quoteOf({ promotions: elsewhere }))).toEqual({
      p: 'promotion.other_currency',
    });
    const here = [promotion('p', [percentOff('10'), lessShipping, amountOff('1.00')])];
    expect(eachPromotion(quoteOf({ promotions: here }))).toEqual({ p: '2.00' });
    const limited = [
      promotion('p', [amountOff('1.00'), { ...amountOff('1.00'), amount: euro }], {
        limits: { maximumDiscount: euro },
      }),
    ];
    expect(eachRejection(quoteOf({ promotions: limited }))).toEqual({
      p: 'promotion.other_currency',
    });
  });
});

describe('limits', () => {
  const used = (total: number, byCustomer = 0) => ({
    uses: [{ promotionId: 'ten', total, byCustomer }],
  });

  test.each([
    [0, 'applied'],
    [9, 'applied'],
    [10, 'limit_reached'],
    [11, 'limit_reached'],
  ])('of ten uses hold for automatic promotions: %d so far, %s', (total, outcome) => {
    expect(outcomeOf({ limits: { total: 10 } }, used(total))).toBe(outcome);
  });

  test('of uses by one customer count that customer alone', () => {
    const limits = { perCustomer: 1 };
    expect(outcomeOf({ limits }, used(500, 0))).toBe('applied');
    expect(outcomeOf({ limits }, used(500, 1))).toBe('customer_limit_reached');
    expect(outcomeOf({ limits: { total: 500, perCustomer: 1 } }, used(500, 1))).toBe(
      'limit_reached',
    );
  });

  test('are not reached by what nobody has used, or by uses of something else', () => {
    const limits = { total: 1, perCustomer: 1 };
    expect(outcomeOf({ limits })).toBe('applied');
    expect(
      outcomeOf({ limits }, { uses: [{ promotionId: 'other', total: 5, byCustomer: 5 }] }),
    ).toBe('applied');
    expect(outcomeOf({}, used(1_000_000, 1_000))).toBe('applied');
  });

  test('that are reached are told', () => {
    const of = (limits: object) => quoteOf({ promotions: ten({ limits }), ...used(2, 2) }).rejected;
    expect(of({ total: 2 })).toMatchObject([{ code: 'promotion.limit_reached', limit: 2 }]);
    expect(of({ perCustomer: 1 })).toMatchObject([
      { code: 'promotion.customer_limit_reached', limit: 1 },
    ]);
  });
});

describe('something to discount', () => {
  test('is there for shipping only where something is shipped', () => {
    const promotions = [promotion('free', freeShipping)];
    expect(eachRejection(quoteOf({ promotions }))).toEqual({ free: 'promotion.no_eligible_items' });
    expect(quoteOf({ promotions, shipping: flat('4.00') }).rejected).toEqual([]);
    const free = quoteOf({ promotions, shipping: flat('0.00') });
    expect(eachRejection(free)).toEqual({ free: 'promotion.nothing_to_discount' });
  });

  test('is enough for one of several effects', () => {
    const effects = [shippingOff('50'), percentOff('10')];
    const quote = quoteOf({ promotions: [promotion('p', effects)] });
    expect(eachPromotion(quote)).toEqual({ p: '1.00' });
  });
});
