import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parsePromotionTerms, promotionTermsToJson } from './promotion-terms.json.ts';

const spring = {
  id: 'spring',
  name: 'Spring sale',
  class: 'line',
  effects: [
    {
      type: 'percentage',
      percentage: '8.875',
      target: { product_ids: ['p1'], category_ids: ['c1', 'c2'], tags: ['tea'] },
      maximum_units_per_variant: 3,
    },
    { type: 'fixed_amount', amount: { amount: '5.00', currency: 'USD' }, spread: 'per_unit' },
    { type: 'buy_x_get_y', buy: 2, get: 1, percentage: '100' },
    { type: 'free_shipping' },
    { type: 'shipping_discount', percentage: '50' },
    { type: 'shipping_discount', amount: { amount: '1.00', currency: 'USD' } },
  ],
  conditions: {
    minimum_subtotal: { amount: '50.00', currency: 'USD' },
    basis: 'base',
    minimum_quantity: 2,
    product_ids: ['p1'],
    category_ids: ['c1'],
    tags: ['tea'],
    price_range: {
      from: { amount: '1.00', currency: 'USD' },
      to: { amount: '9.00', currency: 'USD' },
    },
    customer_groups: ['vip'],
    first_order: true,
    currency: 'USD',
    shipping_countries: ['DE', 'US'],
  },
  limits: {
    total: 1_000,
    per_customer: 1,
    maximum_discount: { amount: '20.00', currency: 'USD' },
    maximum_repeats: 4,
  },
  starts_at: '2026-03-01T00:00:00.000Z',
  ends_at: '2026-06-01T00:00:00.001Z',
  active: false,
  priority: -7,
  exclusive: true,
  combines_with: ['order', 'shipping'],
};

const minimal = { id: 'ten', name: 'Ten', effects: [{ type: 'percentage', percentage: '10' }] };

describe('the wire form of a promotion', () => {
  test('has the names and shapes of the HTTP API, field by field', () => {
    const terms = parsePromotionTerms(spring)._unsafeUnwrap();
    expect(promotionTermsToJson(terms)).toStrictEqual(spring);
    expect(terms).toMatchObject({
      isActive: false,
      isExclusive: true,
      startsAt: 1_772_323_200_000,
    });
  });

  test('writes out what a short one leaves to the defaults', () => {
    const terms = parsePromotionTerms(minimal)._unsafeUnwrap();
    expect(promotionTermsToJson(terms)).toStrictEqual({
      ...minimal,
      class: 'order',
      conditions: {},
      limits: {},
      starts_at: null,
      ends_at: null,
      active: true,
      priority: 0,
      exclusive: false,
      combines_with: ['line', 'order', 'shipping'],
    });
  });

  const [percentage] = minimal.effects;
  test.each([
    ['no object', 'ten', [], 'malformed'],
    ['nothing', undefined, [], 'malformed'],
    ['a list', [minimal], [], 'malformed'],
    ['no name', { ...minimal, name: undefined }, ['name'], 'malformed'],
    ['a field nobody knows', { ...minimal, role: 'admin' }, ['role'], 'malformed'],
    ['a name of the code', { ...minimal, isActive: false }, ['isActive'], 'malformed'],
    ['a prototype', JSON.parse('{"__proto__":{"name":"x"}}'), ['__proto__'], 'malformed'],
    ['fields that are only inherited', Object.create(minimal), ['id'], 'malformed'],
    ['effects of no kind', { ...minimal, effects: [{}] }, ['effects', 0, 'type'], 'malformed'],
    [
      'effects of a kind that every object has',
      { ...minimal, effects: [{ type: 'constructor' }] },
      ['effects', 0, 'type'],
      'malformed',
    ],
    ['no effects', { ...minimal, effects: [] }, ['effects'], 'no_effect'],
    [
      'a percentage that is a number',
      { ...minimal, effects: [{ ...percentage, percentage: 10 }] },
      ['effects', 0, 'percentage'],
      'malformed',
    ],
    [
      'more than everything',
      { ...minimal, effects: [{ ...percentage, percentage: '100.01' }] },
      ['effects', 0, 'percentage'],
      'malformed',
    ],
    [
      'both a percentage and an amount off shipping',
      {
        ...minimal,
        effects: [
          {
            type: 'shipping_discount',
            percentage: '5',
            amount: { amount: '1.00', currency: 'USD' },
          },
        ],
      },
      ['effects', 0, 'percentage'],
      'malformed',
    ],
    [
      'an amount with too many digits',
      { ...minimal, limits: { maximum_discount: { amount: '1.001', currency: 'USD' } } },
      ['limits', 'maximum_discount', 'amount'],
      'malformed',
    ],
    [
      'half a repeat',
      { ...minimal, limits: { maximum_repeats: 0.5 } },
      ['limits', 'maximum_repeats'],
      'malformed',
    ],
    [
      'an amount that takes nothing off',
      { ...minimal, limits: { maximum_discount: { amount: '0.00', currency: 'USD' } } },
      ['limits', 'maximum_discount'],
      'not_positive',
    ],
    [
      'a target of nothing',
      { ...minimal, effects: [{ ...percentage, target: {} }] },
      ['effects', 0, 'target'],
      'empty_target',
    ],
    [
      'a day that does not exist',
      { ...minimal, starts_at: '2026-02-30T00:00:00Z' },
      ['starts_at'],
      'malformed',
    ],
    [
      'an end before the start',
      { ...minimal, starts_at: '2026-02-02T00:00:00Z', ends_at: '2026-02-01T00:00:00Z' },
      ['ends_at'],
      'contradictory_window',
    ],
    [
      'a condition that names no country',
      { ...minimal, conditions: { shipping_countries: ['XX'] } },
      ['conditions', 'shipping_countries', 0],
      'malformed',
    ],
  ])('is refused with %s, and the path says where', (_title, json: unknown, path, reason) => {
    expect(parsePromotionTerms(json)._unsafeUnwrapErr()).toStrictEqual({
      code: 'pricing.invalid_promotion',
      path,
      reason,
    });
  });

  test('is never taken for one, and never an accident, when it is anything', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue()), (json) => {
        expect(parsePromotionTerms(json).isErr()).toBe(true);
      }),
    );
  });

  test('survives anything in the place of any field', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(spring)), fc.anything(), (field, anything) => {
        const terms = parsePromotionTerms({ ...spring, [field]: anything });
        expect(terms.isOk() || terms.error.path.length > 0).toBe(true);
      }),
    );
  });

  test('may be nested a hundred thousand times deep and is still only wrong', () => {
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    expect(parsePromotionTerms({ ...minimal, conditions: deep }).isErr()).toBe(true);
    expect(parsePromotionTerms({ ...minimal, effects: deep }).isErr()).toBe(true);
  });
});
