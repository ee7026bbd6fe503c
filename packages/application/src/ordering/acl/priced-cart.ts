import { defect, Money } from '@kastoma/domain/core';
import {
  quoteHash,
  type AppliedPromotion,
  type ExplanationStep,
  type Quote,
  type Rejection,
} from '@kastoma/domain/pricing';

import { stepInWords } from '../../pricing/explanation-words.ts';
import { exactInWords } from '../../pricing/pricing-words.ts';
import type { PromotionsForCart } from '../../pricing/promotions-in-force.port.ts';
import { rejectionInWords, type NameOf } from '../../pricing/rejection-words.ts';
import type {
  CountedUse,
  PresentedCoupon,
  PricedCart,
  PricingStep,
  RejectedPromotion,
} from '../cart-pricing.port.ts';
import {
  COUPON_REJECTION_CODES,
  type CouponRejected,
  type CouponRejectionCode,
} from '../coupon-rejection.ts';

/** A quote in the words of ordering; `couponCodes` in the order in which they were presented. */
export function toPricedCart(
  quote: Quote,
  couponCodes: readonly string[],
  known: PromotionsForCart,
): PricedCart {
  const names = new Map(known.promotions.map(({ id, name }) => [id, name]));
  const nameOf: NameOf = (id) => names.get(id) ?? defect(`The pricing named a promotion ${id}.`);
  const { currency, prices, shipping, totals, promotions } = quote;
  return {
    currency,
    prices,
    lines: quote.lines.map(
      ({ productId: _p, variantId: _v, unitPrice: _u, quantity: _q, ...line }) => line,
    ),
    shipping,
    totals,
    promotions,
    uses: promotions.map((promotion) => useOf(promotion, known)),
    coupons: couponCodes.map((code) => couponOf(code, quote, nameOf)),
    rejected: quote.rejected.map((rejection) => toRejected(rejection, nameOf)),
    isEstimated: dependsOnDestination(quote),
    quoteHash: quoteHash(quote),
    explanation: quote.explanation.map(toStep),
  };
}

function useOf(promotion: AppliedPromotion, { coupons }: PromotionsForCart): CountedUse {
  const { promotionId, couponCode } = promotion;
  const coupon = coupons.find(({ code }) => code === couponCode);
  return { promotionId, couponId: coupon?.id ?? null, discount: discountOf(promotion) };
}

function couponOf(code: string, quote: Quote, nameOf: NameOf): PresentedCoupon {
  const applied = quote.promotions.find(({ couponCode }) => couponCode === code);
  if (applied !== undefined) {
    const { promotionId: id, name } = applied;
    return { code, promotion: { id, name }, discount: discountOf(applied), rejection: null };
  }
  const rejection =
    quote.rejected.find(({ couponCode }) => couponCode === code) ??
    defect(`The pricing dropped the code ${code} in silence.`);
  const id = rejection.promotionId;
  return {
    code,
    promotion: id === null ? null : { id, name: nameOf(id) },
    discount: Money.zero(quote.currency),
    rejection: toCouponRejected(code, rejection, nameOf),
  };
}

function discountOf({ discount, shippingDiscount }: AppliedPromotion): Money {
  return discount.plus(shippingDiscount).match(
    (sum) => sum,
    ({ code }) => defect(`What a promotion takes off is no amount: ${code}.`),
  );
}

function toCouponRejected(
  couponCode: string,
  rejection: Rejection,
  nameOf: NameOf,
): CouponRejected {
  const { code: _c, reason: _r, promotionId: _p, couponCode: _o, ...facts } = rejection;
  const code: CouponRejectionCode =
    COUPON_REJECTION_CODES.find((known) => known === rejection.code) ??
    defect(`A code was rejected for a reason that nobody knows: ${rejection.code}.`);
  return { code, couponCode, message: rejectionInWords(rejection, nameOf), facts };
}

function toRejected(rejection: Rejection, nameOf: NameOf): RejectedPromotion {
  const { code, promotionId, couponCode } = rejection;
  return { code, promotionId, couponCode, message: rejectionInWords(rejection, nameOf) };
}

/** Without a destination no tax rule and no zone fits: once there is one, another price may come out. */
function dependsOnDestination({ input }: Quote): boolean {
  const isAskedFor =
    (input.tax?.rules ?? []).length > 0 ||
    (input.shipping?.rates ?? []).some(({ zone }) => zone !== undefined) ||
    (input.promotions ?? []).some(({ conditions }) => conditions.shippingCountries !== undefined);
  return input.destination === undefined && isAskedFor;
}

function toStep(explained: ExplanationStep): PricingStep {
  const { step, rule, amount, exact, shares } = explained;
  const { promotionId = null, couponCode = null } = 'promotionId' in explained ? explained : {};
  return {
    step,
    rule,
    text: stepInWords(explained),
    exact: exactInWords(exact, amount.currency),
    amount,
    shares,
    promotionId,
    couponCode,
  };
}
