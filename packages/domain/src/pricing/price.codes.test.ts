import { describe, expect, test } from 'vitest';

import {
  eachPromotion,
  eachRejection,
  NOW,
  percentOff,
  promotion,
  quoteOf,
  refusalOf,
} from '../../test/cart.fixture.ts';
import type { PricingCoupon, PricingInput } from './pricing-input.ts';

const spring = promotion('spring', percentOff('10'));
const coupon = (code: string, usesLeft?: number): PricingCoupon => ({
  code,
  promotionId: 'spring',
  usesLeft,
});
const present = (codes: readonly string[], coupons = [coupon('SPRING')]) =>
  quoteOf({ promotions: [spring], coupons, codes });

describe('a promotion with a code', () => {
  test('applies when the code is presented, and the quote names it', () => {
    const quote = present(['SPRING']);
    expect(quote.promotions).toMatchObject([{ promotionId: 'spring', couponCode: 'SPRING' }]);
    expect(quote.explanation[1]).toMatchObject({ promotionId: 'spring', couponCode: 'SPRING' });
    expect(quote.rejected).toEqual([]);
  });

  test('does not apply without it, and nobody is told of it', () => {
    const quote = present([]);
    expect(quote).toMatchObject({ promotions: [], rejected: [] });
    expect(quote.totals.discount.isNegative).toBe(false);
    expect(quote.totals.total.toDecimal()).toBe('10.00');
  });

  test.each(['spring', ' Spring ', '\tsPRING\n', 'SPRING'])('takes %j for its code', (code) => {
    expect(present([code]).promotions).toMatchObject([{ couponCode: 'SPRING' }]);
    expect(present(['SPRING'], [coupon(code)]).promotions).toHaveLength(1);
  });

  test('is not presented twice by one code, however often it is written', () => {
    const quote = present(['spring', 'SPRING', ' Spring']);
    expect(eachPromotion(quote)).toEqual({ spring: '1.00' });
    expect(quote.rejected).toEqual([]);
  });

  test('is presented by the smallest of several codes, and the others are told', () => {
    const coupons = [coupon('C3'), coupon('A1'), coupon('B2')];
    const quote = present(['c3', 'b2', 'a1'], coupons);
    expect(quote.promotions).toMatchObject([{ couponCode: 'A1' }]);
    expect(quote.rejected).toEqual(
      ['B2', 'C3'].map((couponCode) => ({
        code: 'coupon.same_promotion',
        reason: 'same_promotion',
        promotionId: 'spring',
        couponCode,
      })),
    );
    expect(present(['c3', 'b2'], coupons).promotions).toMatchObject([{ couponCode: 'B2' }]);
  });

  test('has codes of a single use: one that is used up is told, another one counts', () => {
    const coupons = [coupon('A1', 0), coupon('B2', 1), coupon('C3', 7)];
    const quote = present(['a1', 'b2', 'c3'], coupons);
    expect(quote.promotions).toMatchObject([{ couponCode: 'B2' }]);
    expect(quote.rejected).toMatchObject([
      { code: 'coupon.used_up', promotionId: 'spring', couponCode: 'A1' },
      { code: 'coupon.same_promotion', couponCode: 'C3' },
    ]);
    expect(present(['a1'], coupons)).toMatchObject({
      promotions: [],
      rejected: [{ code: 'coupon.used_up' }],
    });
  });

  test('says why it does not apply, in the name of its code', () => {
    const expired = promotion('spring', percentOff('10'), { endsAt: NOW });
    const coupons = [coupon('SPRING')];
    const quote = quoteOf({ promotions: [expired], coupons, codes: ['spring'] });
    expect(quote.rejected).toEqual([
      {
        code: 'coupon.expired',
        reason: 'expired',
        endsAt: NOW,
        promotionId: 'spring',
        couponCode: 'SPRING',
      },
    ]);
  });
});

test('codes that did not apply stand by what is written, whatever the reason', () => {
  const quote = quoteOf({
    promotions: [promotion('spring', percentOff('10'), { endsAt: NOW })],
    coupons: [coupon('A1', 0), coupon('B2'), coupon('C3')],
    codes: ['a1', 'b2', 'c3'],
  });
  expect(quote.rejected.map(({ code, couponCode }) => [code, couponCode])).toEqual([
    ['coupon.used_up', 'A1'],
    ['coupon.expired', 'B2'],
    ['coupon.same_promotion', 'C3'],
  ]);
});

describe('codes and automatic promotions', () => {
  const promotions = [spring, promotion('always', percentOff('50'))];
  const coupons = [coupon('SPRING')];

  test('stand beside each other', () => {
    const quote = quoteOf({ promotions, coupons, codes: ['spring'] });
    expect(quote.promotions).toMatchObject([
      { promotionId: 'always', couponCode: null },
      { promotionId: 'spring', couponCode: 'SPRING' },
    ]);
    expect(eachPromotion(quoteOf({ promotions, coupons }))).toEqual({ always: '5.00' });
  });

  test('a second code is never dropped in silence', () => {
    const summer = promotion('summer', percentOff('20'), { isActive: false });
    const quote = quoteOf({
      promotions: [spring, summer],
      coupons: [...coupons, { code: 'SUMMER', promotionId: 'summer' }],
      codes: ['spring', 'summer', 'winter'],
    });
    expect(eachPromotion(quote)).toEqual({ spring: '1.00' });
    expect(eachRejection(quote)).toEqual({ WINTER: 'coupon.unknown', summer: 'coupon.inactive' });
  });

  test('a code that nobody gave out is told, with or without coupons', () => {
    const unknown = {
      code: 'coupon.unknown',
      reason: 'unknown',
      promotionId: null,
      couponCode: 'WINTER',
    };
    expect(present(['winter']).rejected).toEqual([unknown]);
    expect(quoteOf({ codes: ['winter'] }).rejected).toEqual([unknown]);
  });

  test('what did not apply is told by promotion, then by code', () => {
    const quote = quoteOf({
      promotions: [
        promotion('b', percentOff('10'), { isActive: false }),
        promotion('a', percentOff('10'), { endsAt: NOW }),
        spring,
      ],
      coupons: [coupon('Z9', 0), coupon('Y8', 0)],
      codes: ['z9', 'x7', 'y8', 'w6'],
    });
    expect(quote.rejected.map(({ promotionId, couponCode }) => [promotionId, couponCode])).toEqual([
      [null, 'W6'],
      [null, 'X7'],
      ['a', null],
      ['b', null],
      ['spring', 'Y8'],
      ['spring', 'Z9'],
    ]);
  });
});

describe('codes that cannot be codes are refused', () => {
  const malformed = { code: 'pricing.malformed_coupon_code', maximumLength: 64 };

  test.each([
    ['', 'nothing'],
    ['СПРИНГ', 'another alphabet'],
    ['s p', 'a blank within'],
    ['A'.repeat(10_000), 'ten thousand characters'],
    ['🎁'.repeat(5_000), 'ten thousand of another alphabet'],
  ])('%#: %s', (code) => {
    expect(refusalOf({ codes: ['ok', code] })).toEqual(malformed);
    expect(refusalOf({ promotions: [spring], coupons: [coupon(code)] })).toEqual(malformed);
  });

  test('two coupons of one code, folded', () => {
    expect(
      refusalOf({ promotions: [spring], coupons: [coupon('Spring'), coupon('SPRING ')] }),
    ).toEqual({ code: 'pricing.duplicate_id', kind: 'coupon', id: 'SPRING' });
  });

  test('a coupon of a promotion that is not there', () => {
    const input: Partial<PricingInput> = { promotions: [spring] };
    const orphan = { code: 'lost', promotionId: 'gone' };
    expect(refusalOf({ ...input, coupons: [coupon('OK'), orphan] })).toEqual({
      code: 'pricing.unknown_promotion',
      couponCode: 'LOST',
      promotionId: 'gone',
    });
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('%d uses left', (usesLeft) => {
    expect(refusalOf({ promotions: [spring], coupons: [coupon('A', usesLeft)] })).toEqual({
      code: 'pricing.invalid_uses',
      promotionId: 'spring',
    });
  });
});
