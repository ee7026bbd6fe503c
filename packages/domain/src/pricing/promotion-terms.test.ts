import { describe, expect, test } from 'vitest';

import {
  amountOff,
  buyGet,
  canada,
  dollars,
  freeShipping,
  germany,
  NOW,
  percent,
  percentOff,
  shippingOff,
} from '../../test/cart.fixture.ts';
import type { Instant } from '../core/instant.value.ts';
import type { PromotionDraft } from './promotion-draft.ts';
import type { PromotionEffect } from './promotion-effect.ts';
import { PromotionTerms } from './promotion-terms.value.ts';

const draft: PromotionDraft = { id: 'spring', name: 'Spring', effects: [percentOff('10')] };
const define = (changes: Partial<PromotionDraft>) =>
  PromotionTerms.define({ ...draft, ...changes });
const termsOf = (changes: Partial<PromotionDraft>) => define(changes)._unsafeUnwrap();
const defectOf = (changes: Partial<PromotionDraft>) => define(changes)._unsafeUnwrapErr();
const instant = (milliseconds: number) => milliseconds as Instant;
const many = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`);

describe('a promotion of which nothing else is said', () => {
  test('is active, automatic in its order, without limits and combines with everything', () => {
    expect(Object.fromEntries(Object.entries(termsOf({})))).toEqual({
      id: 'spring',
      name: 'Spring',
      class: 'order',
      effects: [percentOff('10')],
      conditions: {},
      limits: {},
      startsAt: null,
      endsAt: null,
      isActive: true,
      priority: 0,
      isExclusive: false,
      combinesWith: ['line', 'order', 'shipping'],
    });
  });

  test.each<[string, PromotionEffect[], string]>([
    ['a percentage of everything', [percentOff('10')], 'order'],
    ['an amount across everything', [amountOff('1.00')], 'order'],
    ['free shipping', [freeShipping], 'order'],
    ['less for shipping', [shippingOff('50')], 'order'],
    ['a percentage of some goods', [{ ...percentOff('10'), target: { tags: ['tea'] } }], 'line'],
    ['an amount off each unit', [amountOff('1.00', 'per_unit')], 'line'],
    ['buy two, get one', [buyGet(2, 1)], 'line'],
    ['a mixture', [percentOff('10'), freeShipping, buyGet(2, 1)], 'line'],
  ])('with %s is one of its class: %#', (_, effects, name) => {
    expect(termsOf({ effects }).class).toBe(name);
  });
});

describe('a promotion says the same however it was written', () => {
  test('lists stand for sets', () => {
    const messy = termsOf({
      effects: [
        { ...percentOff('10'), target: { productIds: ['b', 'a', 'b'], categoryIds: undefined } },
        { ...buyGet(1, 1), maximumUnitsPerVariant: undefined },
      ],
      conditions: {
        customerGroups: ['vip', 'club', 'vip'],
        shippingCountries: [germany, canada],
        minimumSubtotal: undefined,
        priceRange: { from: dollars('1.00'), to: undefined },
      },
      limits: { total: undefined, perCustomer: 2 },
      combinesWith: ['shipping', 'order', 'shipping'],
    });
    expect(messy.effects).toStrictEqual([
      { ...percentOff('10'), target: { productIds: ['a', 'b'] } },
      buyGet(1, 1),
    ]);
    expect(messy.conditions).toStrictEqual({
      customerGroups: ['club', 'vip'],
      shippingCountries: ['CA', 'DE'],
      priceRange: { from: dollars('1.00') },
    });
    expect(messy.limits).toStrictEqual({ perCustomer: 2 });
    expect(messy.combinesWith).toEqual(['order', 'shipping']);
  });

  test('what is not given is not there', () => {
    const amount = dollars('5.00');
    const written = { type: 'shipping_discount', amount, percentage: undefined } as const;
    expect(termsOf({ effects: [written as unknown as PromotionEffect] }).effects).toStrictEqual([
      { type: 'shipping_discount', amount },
    ]);
  });

  test('its name is trimmed', () => {
    expect(termsOf({ name: '  Spring \n' }).name).toBe('Spring');
  });

  test('nobody can change it', () => {
    expect(Object.isFrozen(termsOf({}))).toBe(true);
  });

  test('what merely looks like terms is told from them', () => {
    expect(PromotionTerms.isTerms(termsOf({}))).toBe(true);
    expect(PromotionTerms.isTerms(structuredClone(draft))).toBe(false);
    expect(PromotionTerms.isTerms(Object.create(termsOf({})) as object)).toBe(false);
  });
});

describe('the largest promotion that anybody means is accepted', () => {
  test.each<[string, Partial<PromotionDraft>]>([
    ['a name of two hundred characters', { name: 'n'.repeat(200) }],
    ['an id of two hundred characters', { id: 'i'.repeat(200) }],
    ['ten effects', { effects: many(10).map(() => percentOff('10')) }],
    ['a thousand products', { conditions: { productIds: many(1_000) } }],
    ['a billion uses', { limits: { total: 1_000_000_000, perCustomer: 1_000_000_000 } }],
    ['one use', { limits: { total: 1, perCustomer: 1, maximumRepeats: 1 } }],
    ['the highest priority', { priority: 1_000_000 }],
    ['the lowest priority', { priority: -1_000_000 }],
    ['a window of one millisecond', { startsAt: NOW, endsAt: instant(NOW + 1) }],
    ['a window without end', { startsAt: NOW, endsAt: null }],
    ['a window without start', { startsAt: null, endsAt: NOW }],
    [
      'ten thousand years',
      { startsAt: instant(-62_167_219_200_000), endsAt: instant(253_402_300_799_999) },
    ],
    ['a hundred percent', { effects: [percentOff('100')] }],
    ['one cent off', { effects: [amountOff('0.01')] }],
    ['a minimum of nothing', { conditions: { minimumSubtotal: dollars('0.00') } }],
    [
      'a range of one price',
      { conditions: { priceRange: { from: dollars('1.00'), to: dollars('1.00') } } },
    ],
    ['free things in a range', { conditions: { priceRange: { from: dollars('0.00') } } }],
    ['no classes to combine with', { combinesWith: [] }],
  ])('%s', (_, changes) => {
    expect(define(changes).isOk()).toBe(true);
  });
});

describe('a promotion that contradicts itself is refused, and the defect has its place', () => {
  const target = (lists: object): Partial<PromotionDraft> => ({
    effects: [{ ...percentOff('10'), target: lists }],
  });
  const off = (effect: object): Partial<PromotionDraft> => ({
    class: 'line',
    effects: [freeShipping, effect as PromotionEffect],
  });

  test.each<[string, Partial<PromotionDraft>, readonly (string | number)[], string]>([
    ['gives nothing', { effects: [] }, ['effects'], 'no_effect'],
    ['gives too much', { effects: many(11).map(() => freeShipping) }, ['effects'], 'too_many'],
    ['no id', { id: '' }, ['id'], 'malformed_text'],
    ['an id too long', { id: 'i'.repeat(201) }, ['id'], 'malformed_text'],
    ['an id of half a character', { id: '\ud800' }, ['id'], 'malformed_text'],
    ['no name', { name: '  ' }, ['name'], 'malformed_text'],
    ['a name too long', { name: 'n'.repeat(201) }, ['name'], 'malformed_text'],
    ['an unknown class', { class: 'cart' as 'order' }, ['class'], 'malformed'],
    [
      'a window that ends as it starts',
      { startsAt: NOW, endsAt: NOW },
      ['endsAt'],
      'contradictory_window',
    ],
    [
      'a window backwards',
      { startsAt: NOW, endsAt: instant(NOW - 1) },
      ['endsAt'],
      'contradictory_window',
    ],
    ['a start that is no time', { startsAt: instant(Number.NaN) }, ['startsAt'], 'malformed'],
    ['half a millisecond', { startsAt: instant(0.5) }, ['startsAt'], 'malformed'],
    [
      'an end after the year 9999',
      { endsAt: instant(253_402_300_800_000) },
      ['endsAt'],
      'malformed',
    ],
    [
      'a start before the year 0',
      { startsAt: instant(-62_167_219_200_001) },
      ['startsAt'],
      'malformed',
    ],
    ['half a priority', { priority: 0.5 }, ['priority'], 'malformed'],
    ['no priority', { priority: Number.NaN }, ['priority'], 'malformed'],
    ['too high a priority', { priority: 1_000_001 }, ['priority'], 'too_large'],
    ['too low a priority', { priority: -1_000_001 }, ['priority'], 'too_large'],
    [
      'combines with an unknown class',
      { combinesWith: ['line', 'cart' as 'line'] },
      ['combinesWith', 1],
      'malformed',
    ],
    ['targets nothing', target({}), ['effects', 0, 'target'], 'empty_target'],
    [
      'targets empty lists',
      target({ productIds: [], categoryIds: [], tags: [] }),
      ['effects', 0, 'target'],
      'empty_target',
    ],
    [
      'targets a product without a name',
      target({ productIds: ['a', ''] }),
      ['effects', 0, 'target', 'productIds', 1],
      'malformed_text',
    ],
    [
      'targets a category of a very long name',
      target({ categoryIds: ['c'.repeat(201)] }),
      ['effects', 0, 'target', 'categoryIds', 0],
      'malformed_text',
    ],
    [
      'targets half a character',
      target({ tags: ['\udc00'] }),
      ['effects', 0, 'target', 'tags', 0],
      'malformed_text',
    ],
    [
      'targets too much',
      target({ tags: many(1_001) }),
      ['effects', 0, 'target', 'tags'],
      'too_many',
    ],
    ['no percentage', off(percentOff('0')), ['effects', 1, 'percentage'], 'not_positive'],
    ['no amount', off(amountOff('0.00')), ['effects', 1, 'amount'], 'not_positive'],
    ['a negative amount', off(amountOff('-0.01')), ['effects', 1, 'amount'], 'not_positive'],
    [
      'an amount spread as nobody knows how',
      off({ ...amountOff('1.00'), spread: 'evenly' }),
      ['effects', 1, 'spread'],
      'malformed',
    ],
    ['buys nothing', { effects: [buyGet(0, 1)] }, ['effects', 0, 'buy'], 'not_a_count'],
    ['gets nothing', { effects: [buyGet(1, 0)] }, ['effects', 0, 'get'], 'not_a_count'],
    ['buys half a thing', { effects: [buyGet(0.5, 1)] }, ['effects', 0, 'buy'], 'not_a_count'],
    ['buys a trillion', { effects: [buyGet(1e12, 1)] }, ['effects', 0, 'buy'], 'too_large'],
    [
      'gets a billion and one',
      { effects: [buyGet(1, 1e9 + 1)] },
      ['effects', 0, 'get'],
      'too_large',
    ],
    [
      'gets one for the whole price',
      { effects: [buyGet(1, 1, '0')] },
      ['effects', 0, 'percentage'],
      'not_positive',
    ],
    [
      'at most no units',
      { effects: [{ ...percentOff('10'), maximumUnitsPerVariant: 0 }], class: 'line' },
      ['effects', 0, 'maximumUnitsPerVariant'],
      'not_a_count',
    ],
    [
      'no percentage off shipping',
      off(shippingOff('0')),
      ['effects', 1, 'percentage'],
      'not_positive',
    ],
    [
      'nothing off shipping',
      off({ type: 'shipping_discount', amount: dollars('0.00') }),
      ['effects', 1, 'amount'],
      'not_positive',
    ],
    [
      'less off shipping by nothing',
      off({ type: 'shipping_discount' }),
      ['effects', 1],
      'malformed',
    ],
    [
      'less off shipping by an amount and a percentage',
      off({ ...shippingOff('10'), amount: dollars('1.00') }),
      ['effects', 1],
      'malformed',
    ],
    ['an effect that nobody knows', off({ type: 'gift' }), ['effects', 1, 'type'], 'malformed'],
    [
      'goods in a shipping promotion',
      { class: 'shipping', effects: [freeShipping, percentOff('10')] },
      ['effects', 1],
      'wrong_class',
    ],
    [
      'an amount off goods in a shipping promotion',
      { class: 'shipping', effects: [amountOff('1.00')] },
      ['effects', 0],
      'wrong_class',
    ],
    [
      'units in an order promotion',
      { class: 'order', effects: [amountOff('1.00', 'per_unit')] },
      ['effects', 0],
      'wrong_class',
    ],
    [
      'buy two get one in an order promotion',
      { class: 'order', effects: [buyGet(2, 1)] },
      ['effects', 0],
      'wrong_class',
    ],
    [
      'a minimum below zero',
      { conditions: { minimumSubtotal: dollars('-0.01') } },
      ['conditions', 'minimumSubtotal'],
      'not_positive',
    ],
    [
      'a basis that nobody knows',
      { conditions: { basis: 'gross' as 'base' } },
      ['conditions', 'basis'],
      'malformed',
    ],
    [
      'a minimum of no units',
      { conditions: { minimumQuantity: 0 } },
      ['conditions', 'minimumQuantity'],
      'not_a_count',
    ],
    [
      'prices from below zero',
      { conditions: { priceRange: { from: dollars('-0.01') } } },
      ['conditions', 'priceRange', 'from'],
      'not_positive',
    ],
    [
      'prices to below zero',
      { conditions: { priceRange: { to: dollars('-0.01') } } },
      ['conditions', 'priceRange', 'to'],
      'not_positive',
    ],
    [
      'a range backwards',
      { conditions: { priceRange: { from: dollars('1.01'), to: dollars('1.00') } } },
      ['conditions', 'priceRange'],
      'contradictory_range',
    ],
    [
      'a range of two currencies',
      { conditions: { priceRange: { from: dollars('1.00'), to: dollars('2.00', 'EUR') } } },
      ['conditions', 'priceRange', 'to'],
      'other_currency',
    ],
    ['no uses', { limits: { total: 0 } }, ['limits', 'total'], 'not_a_count'],
    ['uses below zero', { limits: { perCustomer: -1 } }, ['limits', 'perCustomer'], 'not_a_count'],
    ['no repeats', { limits: { maximumRepeats: 0 } }, ['limits', 'maximumRepeats'], 'not_a_count'],
    [
      'endless uses',
      { limits: { total: Number.POSITIVE_INFINITY } },
      ['limits', 'total'],
      'not_a_count',
    ],
    ['too many uses', { limits: { total: 1e9 + 1 } }, ['limits', 'total'], 'too_large'],
    [
      'at most nothing off',
      { limits: { maximumDiscount: dollars('0.00') } },
      ['limits', 'maximumDiscount'],
      'not_positive',
    ],
  ])('%s', (_, changes, path, reason) => {
    expect(defectOf(changes)).toEqual({ code: 'pricing.invalid_promotion', path, reason });
  });

  test.each(['productIds', 'categoryIds', 'tags', 'customerGroups', 'shippingCountries'])(
    'conditions with an empty list of %s, which nobody could meet',
    (field) => {
      const conditions = (ids: readonly string[]) => ({ conditions: { [field]: ids } });
      const path = ['conditions', field];
      expect(defectOf(conditions([]))).toMatchObject({ path, reason: 'empty_target' });
      expect(defectOf(conditions(many(1_001)))).toMatchObject({ path, reason: 'too_many' });
      expect(defectOf(conditions(['']))).toMatchObject({
        path: [...path, 0],
        reason: 'malformed_text',
      });
      expect(define(conditions(['a'])).isOk()).toBe(true);
    },
  );

  test('a rate above a hundred percent cannot even be written', () => {
    expect(() => percent('100.01')).toThrow();
  });
});
