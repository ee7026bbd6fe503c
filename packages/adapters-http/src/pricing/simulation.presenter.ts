import type {
  ChargedAmounts,
  SimulatedSubject,
  SimulationView,
} from '@kastoma/application/pricing';
import type { Differences, PromotionChange } from '@kastoma/domain/pricing';

import { presentTotals } from '../ordering/frozen-price.presenter.ts';

export function presentSimulation({ carts, summary }: SimulationView) {
  return {
    carts: carts.map(presentSubject),
    summary: summary.map(({ currency, carts: count, changed, differences, notPriceable }) => ({
      currency,
      carts: count,
      changed,
      differences: presentAmounts(differences),
      not_priceable: notPriceable.map(({ code, carts: affected }) => ({ code, carts: affected })),
    })),
  };
}

function presentSubject({
  kind,
  id,
  number,
  charged,
  outcome,
  rejection,
  rejectedCodes,
}: SimulatedSubject) {
  const named = {
    kind,
    id,
    number,
    currency: outcome.currency,
    charged: charged === null ? null : presentAmounts(charged),
    rejected: rejectedCodes.map(({ code, couponCode, message }) => ({
      code,
      coupon_code: couponCode,
      message,
    })),
  };
  if (outcome.outcome === 'not_priceable') {
    return {
      ...named,
      changed: false,
      before: null,
      after: null,
      differences: null,
      promotions: [],
      reason: outcome.error.code,
      message: outcome.when === 'before' ? 'It has no price.' : 'With the draft it has no price.',
    };
  }
  return {
    ...named,
    changed: outcome.isChanged,
    before: presentTotals(outcome.before),
    after: presentTotals(outcome.after),
    differences: presentAmounts(outcome.differences),
    promotions: outcome.promotions.map(({ promotionId, name, change, ...amounts }) => ({
      promotion_id: promotionId,
      name,
      change,
      discount: presentChange(amounts.discount),
      shipping_discount: presentChange(amounts.shippingDiscount),
    })),
    reason: rejection?.code ?? null,
    message: rejection?.message ?? null,
  };
}

function presentAmounts({ discount, shipping, tax, total }: Differences | ChargedAmounts) {
  return {
    discount: discount.toJSON(),
    shipping: shipping.toJSON(),
    tax: tax.toJSON(),
    total: total.toJSON(),
  };
}

function presentChange({ before, after, difference }: PromotionChange['discount']) {
  return { before: before.toJSON(), after: after.toJSON(), difference: difference.toJSON() };
}
