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
  const shown = { nameOf, isSecret: secretsOf(quote, known) };
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
    coupons: couponCodes.map((code) => couponOf(code, quote, shown)),
    rejected: quote.rejected.map((rejection) => toRejected(rejection, shown)),
    quoteHash: quoteHash(quote),
    explanation: quote.explanation.map(toStep),
  };
}

/** How promotions are shown to shoppers. */
type Shown = { readonly nameOf: NameOf; readonly isSecret: (promotionId: string) => boolean };

/** What is not for sale yet, or is switched off, nobody is told of who has merely guessed its code. */
function secretsOf({ input }: Quote, { promotions }: PromotionsForCart): Shown['isSecret'] {
  const secret = promotions
    .filter(({ isActive, startsAt }) => !isActive || (startsAt !== null && input.at < startsAt))
    .map(({ id }) => id);
  return (promotionId) => secret.includes(promotionId);
}

function useOf(promotion: AppliedPromotion, { coupons }: PromotionsForCart): CountedUse {
  const { promotionId, couponCode } = promotion;
  const coupon = coupons.find(({ code }) => code === couponCode);
  return { promotionId, couponId: coupon?.id ?? null, discount: discountOf(promotion) };
}

function couponOf(code: string, quote: Quote, shown: Shown): PresentedCoupon {
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
    promotion: id === null || shown.isSecret(id) ? null : { id, name: shown.nameOf(id) },
    discount: Money.zero(quote.currency),
    rejection: toCouponRejected(code, rejection, shown.nameOf),
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

function toRejected(rejection: Rejection, { nameOf, isSecret }: Shown): RejectedPromotion {
  const { code, promotionId: id, couponCode } = rejection;
  const promotionId = id === null || isSecret(id) ? null : id;
  return { code, promotionId, couponCode, message: rejectionInWords(rejection, nameOf) };
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
