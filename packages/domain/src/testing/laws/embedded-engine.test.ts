import { describe, expect, test } from 'vitest';

import { allPoliciesBut } from '../policy.ts';
import { laws, runAllLaws } from './all-laws.ts';
import { adaptPricer } from './foreign-engine.ts';
import type { LawCart } from './pricer.ts';

type Coupon = {
  readonly id: string;
  readonly code: string;
  /** In hundredths of a percent. */
  readonly basisPoints: number;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
};
type Basket = {
  readonly now: number;
  readonly items: readonly {
    readonly sku: string;
    readonly cents: number;
    readonly count: number;
  }[];
  readonly coupons: readonly Coupon[];
  readonly code: string | null;
};

/** A lenient shop lets in who comes at the very end. */
function isWithin(now: number, { startsAt, endsAt }: Coupon, isLenient: boolean): boolean {
  if (startsAt !== null && now < startsAt) return false;
  return endsAt === null || now < endsAt || (isLenient && now === endsAt);
}

/** The engine of another shop: one percentage coupon, whole cents, floats for the percentage. */
function checkout(basket: Basket, isLenient: boolean) {
  const coupon = basket.coupons.find(({ code }) => code === basket.code);
  const isOpen = coupon !== undefined && isWithin(basket.now, coupon, isLenient);
  const percentage = isOpen ? coupon.basisPoints / 10_000 : 0;
  const sum = basket.items.reduce((total, { cents, count }) => total + cents * count, 0);
  let left = Math.round(sum * percentage);
  const rows = basket.items.map(({ sku, cents, count }, index) => {
    const isLast = index === basket.items.length - 1;
    const share = isLast ? left : Math.min(left, Math.round(cents * count * percentage));
    left -= share;
    return { sku, full: cents * count, share };
  });
  const off = rows.reduce((total, { share }) => total + share, 0);
  const refusal = coupon === undefined ? 'no such coupon' : 'not now, or for nothing';
  return {
    rows,
    coupon: off > 0 ? (coupon ?? null) : null,
    off,
    pay: sum - off,
    refusal: basket.code !== null && off === 0 ? refusal : null,
  };
}

function pricerOfTheShop({ isLenient = false } = {}) {
  return adaptPricer({
    toCart: (cart: LawCart): Basket => ({
      now: cart.at,
      items: cart.lines.map(({ id, unitPrice, quantity }) => ({
        sku: id,
        cents: Number(unitPrice.minorUnits),
        count: quantity,
      })),
      coupons: (cart.promotions ?? []).map(({ id, effects: [effect], startsAt, endsAt }) => ({
        id,
        code: cart.coupons?.find(({ promotionId }) => promotionId === id)?.code.toUpperCase() ?? '',
        basisPoints:
          effect?.type === 'percentage' ? Number(effect.percentage.toPercentage()) * 100 : 0,
        startsAt,
        endsAt,
      })),
      code: cart.codes?.[0]?.trim().toUpperCase() ?? null,
    }),
    price: (basket: Basket) => checkout(basket, isLenient),
    toOutcome: ({ rows, coupon, off, pay, refusal }, cart) => ({
      lines: rows.map(({ sku, full, share }) => ({
        id: sku,
        subtotal: full,
        total: full - share,
      })),
      total: pay,
      applied:
        coupon === null ? [] : [{ promotionId: coupon.id, couponCode: coupon.code, discount: off }],
      rejected:
        refusal === null ? [] : [{ couponCode: cart.codes?.[0]?.trim() ?? null, reason: refusal }],
    }),
  });
}

const without = allPoliciesBut('coupons', 'percentages', 'order_promotions', 'windows');

describe(
  'an engine that knows percentage coupons over cents, and nothing else',
  {
    timeout: 120_000,
  },
  () => {
    test('runs the laws that concern it, and keeps them', () => {
      const reports = runAllLaws(pricerOfTheShop(), { without, seed: 3 });
      expect(reports.map(({ law, status }) => [law, status])).toEqual([
        ['conservation', 'kept'],
        ['allocation', 'kept'],
        ['bounds', 'kept'],
        ['nothing to pay', 'left_out'],
        ['rounding once', 'left_out'],
        ['order independence', 'broken'],
        ['split independence', 'left_out'],
        ['determinism', 'kept'],
        ['gating', 'kept'],
        ['explanation', 'kept'],
        ['monotonicity', 'left_out'],
        ['tax included', 'left_out'],
        ['tax agreement', 'left_out'],
        ['currencies', 'left_out'],
      ]);
    });

    test('is shown where it goes wrong: the last item bears what was rounded, whichever comes last', () => {
      expect(() => laws.orderIndependence(pricerOfTheShop(), { without, seed: 3 })).toThrow(
        /The law of order independence is broken/,
      );
    });

    test('is shown that it lets a coupon in a moment too late', () => {
      expect(() => laws.gating(pricerOfTheShop({ isLenient: true }), { without, seed: 3 })).toThrow(
        /the quote with a promotion that is expired/,
      );
    });
  },
);
