import type { ExactAmount, ExplanationStep, LineShare } from '../explanation.ts';
import type { PromotionClass } from '../promotion-class.ts';
import type { GoodsEffect, ShippingEffect } from '../promotion-effect.ts';
import type { Candidate } from './candidate.ts';
import type { GoodsDiscount } from './goods-effect.ts';
import type { LinePart } from './line-group.ts';
import { moneyOf, type Work } from './work.ts';

export function explainGoodsDiscount(
  of: {
    readonly name: PromotionClass;
    readonly candidate: Candidate;
    readonly effect: GoodsEffect;
    readonly discount: GoodsDiscount;
    readonly parts: readonly LinePart[];
  },
  work: Work,
): ExplanationStep {
  const { name, candidate, effect, discount, parts } = of;
  const frame = {
    step: name === 'order' ? ('order_promotions' as const) : ('line_promotions' as const),
    ...promotionOf(candidate),
    eligible: moneyOf(work, discount.eligible),
    eligibleUnits: Number(discount.eligibleUnits),
    dropped: moneyOf(work, discount.dropped),
    exact: discount.exact,
    amount: moneyOf(work, discount.amount),
    shares: sharesOf(parts, work),
  };
  switch (effect.type) {
    case 'percentage':
      return { ...frame, rule: 'percentage', percentage: effect.percentage };
    case 'fixed_amount':
      return {
        ...frame,
        rule: effect.spread === 'across' ? 'fixed_across' : 'fixed_per_unit',
        fixed: effect.amount,
      };
    case 'buy_x_get_y': {
      const { buy, get, percentage } = effect;
      const repeats = Number(discount.repeats);
      return { ...frame, rule: 'buy_x_get_y', buy, get, percentage, repeats };
    }
  }
}

export function explainShippingDiscount(
  of: {
    readonly candidate: Candidate;
    readonly effect: ShippingEffect;
    readonly charged: bigint;
    readonly exact: ExactAmount;
    readonly amount: bigint;
  },
  work: Work,
): ExplanationStep {
  const { candidate, effect, charged, exact, amount } = of;
  const frame = {
    step: 'shipping' as const,
    ...promotionOf(candidate),
    rate: moneyOf(work, charged),
    exact,
    amount: moneyOf(work, amount),
    shares: [],
  };
  if (effect.type === 'free_shipping') return { ...frame, rule: 'free_shipping' };
  return 'percentage' in effect
    ? { ...frame, rule: 'shipping_percentage', percentage: effect.percentage }
    : { ...frame, rule: 'shipping_amount', fixed: effect.amount };
}

function promotionOf({ terms, couponCode }: Candidate) {
  return { promotionId: terms.id, name: terms.name, couponCode };
}

/** By line id. */
export function sharesOf(parts: readonly LinePart[], work: Work): readonly LineShare[] {
  work.steps += parts.length;
  return parts
    .toSorted((a, b) => a.workLine.place - b.workLine.place)
    .map(({ workLine, amount }) => ({ lineId: workLine.line.id, amount: moneyOf(work, amount) }));
}
