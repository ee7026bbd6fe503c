import { describe, expect, it } from 'vitest';

import type { Instant } from '@kastoma/domain/core';
import type { Rejection } from '@kastoma/domain/pricing';

import { dollars } from '../testing/builders/money.builder.ts';
import { rejectionInWords } from './rejection-words.ts';

const at = (text: string) => Date.parse(text) as Instant;
const CODE = { code: 'coupon.any', promotionId: 'tea', couponCode: 'SUMMER' };
const nameOf = (id: string) => (id === 'tea' ? 'Tea week' : 'Opening week');

const rejections: readonly [words: string, rejection: Rejection][] = [
  [
    'There is no code SUMMER.',
    { code: 'coupon.unknown', reason: 'unknown', promotionId: null, couponCode: 'SUMMER' },
  ],
  [
    'Code SUMMER has been used already.',
    { code: 'coupon.used_up', reason: 'used_up', promotionId: 'tea', couponCode: 'SUMMER' },
  ],
  [
    'Code SUMMER gives the same as another code of this cart, which is used instead.',
    {
      code: 'coupon.same_promotion',
      reason: 'same_promotion',
      promotionId: 'tea',
      couponCode: 'SUMMER',
    },
  ],
  ['Code SUMMER is not active.', { ...CODE, reason: 'inactive' }],
  [
    'Code SUMMER is not valid before 1 June 2026.',
    { ...CODE, reason: 'not_started', startsAt: at('2026-06-01T00:00:00Z') },
  ],
  [
    'Code SUMMER was valid until 1 June 2026, 12:00 UTC.',
    { ...CODE, reason: 'expired', endsAt: at('2026-06-01T12:00:00Z') },
  ],
  [
    'Code SUMMER could be used 100 times in all, and has been.',
    { ...CODE, reason: 'limit_reached', limit: 100 },
  ],
  [
    'Code SUMMER could be used once in all, and has been.',
    { ...CODE, reason: 'limit_reached', limit: 1 },
  ],
  [
    'Code SUMMER can be used twice by one customer, and you have done so.',
    { ...CODE, reason: 'customer_limit_reached', limit: 2 },
  ],
  ['Code SUMMER is for another currency than this cart’s.', { ...CODE, reason: 'other_currency' }],
  [
    'Code SUMMER is for a group of customers that you are not in.',
    { ...CODE, reason: 'not_for_customer' },
  ],
  ['Code SUMMER is for a customer’s first order.', { ...CODE, reason: 'not_first_order' }],
  [
    'Code SUMMER is not for the place that this cart is shipped to.',
    { ...CODE, reason: 'not_for_destination' },
  ],
  [
    'Code SUMMER is for other goods than those of this cart.',
    { ...CODE, reason: 'no_eligible_items' },
  ],
  [
    'Code SUMMER needs goods for 50.00, this cart has 42.10.',
    { ...CODE, reason: 'below_minimum', minimum: dollars('50.00'), reached: dollars('42.10') },
  ],
  [
    'Code SUMMER needs 1 unit, this cart has 0.',
    { ...CODE, reason: 'below_minimum_quantity', minimum: 1, reached: 0 },
  ],
  [
    'Code SUMMER finds nothing in this cart to take off.',
    { ...CODE, reason: 'nothing_to_discount' },
  ],
  [
    'Code SUMMER cannot be combined with “Opening week”, which is used instead.',
    { ...CODE, reason: 'excluded_by', winnerId: 'opening' },
  ],
  [
    '“Tea week” is not active.',
    { ...CODE, code: 'promotion.inactive', reason: 'inactive', couponCode: null },
  ],
];

describe('why a promotion takes nothing off', () => {
  it.each(rejections)('%s', (words, rejection) => {
    expect(rejectionInWords(rejection, nameOf)).toBe(words);
  });
});
