import fc from 'fast-check';

import type { PricingInput } from '../../pricing/pricing-input.ts';
import { isShippingEffect, type PromotionEffect } from '../../pricing/promotion-effect.ts';
import type { PromotionTerms } from '../../pricing/promotion-terms.value.ts';
import { factsOf } from '../cart-facts.ts';
import { anyFittedPromotion } from '../fitted-promotion.ts';
import { demand } from './breach.ts';
import { changedTerms, withPromotions } from './changed-cart.ts';
import { defineLaw, pricedOrPassed } from './law.ts';
import type { PricedCart, Pricer } from './pricer.ts';

type OneMore = { readonly cart: PricingInput; readonly oneMore: PromotionTerms | null };

const LAST = { id: 'promotion-of-the-law', priority: -1_000 };

/**
 * Law 8, as far as it is true. A promotion may cost its buyer a minor unit as soon as a later one tells lines apart,
 * and a whole shipment where shipping hangs on what the goods come to: `docs/laws.md` has the carts.
 */
export const monotonicity = defineLaw<Pricer, OneMore>({
  law: 'monotonicity',
  says: 'One more promotion, applied last in its class, never raises the total before tax, if no promotion after it tells lines apart and shipping has one rate.',
  needs: ['stacking', 'automatic_promotions', 'priorities'],
  excludes: [
    'exclusive_promotions',
    'combining_classes',
    'best_for_customer',
    'running_thresholds',
    'tax',
    'shipping_rules',
  ],
  cases: (carts, without) => {
    const promotion = anyFittedPromotion(new Set(without));
    if (promotion === null) return carts.map((cart) => ({ cart, oneMore: null }));
    return fc.tuple(fc.oneof(carts, carts.map(letIn)), promotion).map(([cart, fitted]) => {
      const facts = factsOf(cart.currency, cart.at, cart.lines);
      const oneMore = changedTerms(fitted(facts, LAST.id), { priority: LAST.priority });
      return { cart: withoutDistinctionsAfter(oneMore, cart), oneMore };
    });
  },
  check: (pricer, { cart, oneMore }) => {
    const before = beforeTax(pricedOrPassed(pricer, cart));
    if (oneMore === null) return;
    const promotions = [...(cart.promotions ?? []), oneMore];
    const after = beforeTax(pricedOrPassed(pricer, { ...cart, promotions }));
    demand(
      after <= before,
      () => `with one more promotion it costs ${after} rather than ${before}`,
    );
  },
});

/** After a promotion of the order's class comes nothing for goods; after one of a line's, what is here made to treat lines alike. */
function withoutDistinctionsAfter(oneMore: PromotionTerms, cart: PricingInput): PricingInput {
  if (oneMore.class !== 'line') return cart;
  const isLast = oneMore.effects.every(
    (effect) => effect.type === 'buy_x_get_y' || isShippingEffect(effect),
  );
  const promotions = cart.promotions?.filter(
    ({ effects }) => isLast || !effects.some(({ type }) => type === 'buy_x_get_y'),
  );
  const ids = new Set(promotions?.map(({ id }) => id));
  return withPromotions(
    {
      ...cart,
      promotions,
      coupons: cart.coupons?.filter(({ promotionId }) => ids.has(promotionId)),
    },
    (terms) => (terms.class === 'order' ? { effects: terms.effects.map(forAllLines) } : {}),
  );
}

function forAllLines(effect: PromotionEffect): PromotionEffect {
  return isShippingEffect(effect)
    ? effect
    : { ...effect, target: undefined, maximumUnitsPerVariant: undefined };
}

/** Every promotion of the cart has its chance: what keeps promotions out also keeps them apart. */
function letIn(cart: PricingInput): PricingInput {
  const open = { conditions: {}, limits: {}, startsAt: null, endsAt: null, isActive: true };
  return { ...withPromotions(cart, () => open), coupons: [], codes: [], uses: [] };
}

function beforeTax({ lines, shipping }: PricedCart): bigint {
  return lines.reduce((sum, { total }) => sum + total, shipping?.total ?? 0n);
}
