import { beforeEach, describe, expect, it } from 'vitest';

import {
  Defect,
  LARGEST_MINOR_UNITS,
  Money,
  type CouponId,
  type Instant,
} from '@kastoma/domain/core';
import { price, type Quote, type Rejection } from '@kastoma/domain/pricing';

import type { PromotionsForCart } from '../../pricing/promotions-in-force.port.ts';
import { BUILT_AT } from '../../testing/builders/builder-ids.ts';
import { dollars, USD } from '../../testing/builders/money.builder.ts';
import { aPromotion } from '../../testing/builders/promotion.builder.ts';
import { toPricedCart } from './priced-cart.ts';

const NOTHING: PromotionsForCart = { promotions: [], coupons: [], uses: [] };

let known: PromotionsForCart;

beforeEach(() => {
  const { terms } = aPromotion({ automatic: false }).state;
  const id = 'coupon' as CouponId;
  const coupons = [{ id, code: 'SUMMER', promotionId: terms.id, usesLeft: undefined }];
  known = { ...NOTHING, promotions: [terms], coupons };
});

/** Of one lamp, with the code that takes something off where the cart comes to `unitPrice`. */
function quoteOf(unitPrice: string): Quote {
  return price({
    currency: USD,
    at: BUILT_AT as Instant,
    lines: [
      {
        id: 'line',
        productId: 'lamp',
        variantId: 'brass lamp',
        unitPrice: dollars(unitPrice),
        quantity: 1,
      },
    ],
    ...known,
    codes: ['SUMMER'],
    shipping: null,
  })._unsafeUnwrap();
}

function altered(quote: Quote, wrong: Partial<Pick<Quote, 'rejected' | 'promotions'>>): Quote {
  return Object.assign(quote, wrong);
}

/** As no pricing would say it. */
function forged(rejection: Rejection, wrong: Partial<Record<keyof Rejection, unknown>>): Rejection {
  return { ...rejection, ...wrong } as Rejection;
}

describe('what the pricing cannot have meant is a defect, and no price:', () => {
  it('a code that neither takes something off nor says why not', () => {
    const quote = quoteOf('10.00');
    expect(toPricedCart(quote, ['SUMMER'], known).coupons).toMatchObject([{ rejection: null }]);
    expect(() => toPricedCart(quote, ['WINTER'], known)).toThrow(Defect);
  });

  it('a rejected promotion that nobody asked about', () => {
    const quote = quoteOf('0.00');
    expect(toPricedCart(quote, ['SUMMER'], known).coupons[0]?.rejection).not.toBeNull();
    const rejected = quote.rejected.map((rejection) => forged(rejection, { couponCode: null }));
    expect(() => toPricedCart(altered(quote, { rejected }), [], NOTHING)).toThrow(Defect);
  });

  it('a code that is rejected for a reason without a name', () => {
    const quote = quoteOf('0.00');
    const rejected = quote.rejected.map((rejection) => forged(rejection, { code: 'coupon.mood' }));
    expect(() => toPricedCart(altered(quote, { rejected }), ['SUMMER'], known)).toThrow(Defect);
  });

  it('a promotion that takes off more than there is money', () => {
    const quote = quoteOf('10.00');
    const shippingDiscount = Money.of(LARGEST_MINOR_UNITS, USD)._unsafeUnwrap();
    const promotions = quote.promotions.map((applied) => ({ ...applied, shippingDiscount }));
    expect(() => toPricedCart(altered(quote, { promotions }), ['SUMMER'], known)).toThrow(Defect);
  });
});
