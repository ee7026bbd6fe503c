import type { Money } from '../core/money.value.ts';
import type { Rate } from '../core/rate.value.ts';

/** Whoever is in one of the lists is in the target. A target names at least one thing. */
export type PromotionTarget = {
  readonly productIds?: readonly string[] | undefined;
  readonly categoryIds?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
};

/** Which units of the cart a goods effect works on. */
export type EligibleUnits = {
  /** Left out: every line. */
  readonly target?: PromotionTarget | undefined;
  /** At most so many units of each variant, the cheapest ones first. */
  readonly maximumUnitsPerVariant?: number | undefined;
};

export type PercentageEffect = EligibleUnits & {
  readonly type: 'percentage';
  readonly percentage: Rate;
};
export type FixedAmountEffect = EligibleUnits & {
  readonly type: 'fixed_amount';
  readonly amount: Money;
  /** Once across the eligible lines, or off each eligible unit. */
  readonly spread: 'across' | 'per_unit';
};
export type BuyXGetYEffect = EligibleUnits & {
  readonly type: 'buy_x_get_y';
  /** Units to pay for in each set. */
  readonly buy: number;
  /** Units of each set that are reduced: the cheapest of all eligible units. */
  readonly get: number;
  readonly percentage: Rate;
};
/** Shipping is reduced when something in the cart is in the target. */
type ShippedGoods = Pick<EligibleUnits, 'target'>;
export type FreeShippingEffect = ShippedGoods & { readonly type: 'free_shipping' };
/** Off the original rate of shipping, by a percentage or by an amount. */
export type ShippingDiscountEffect = ShippedGoods &
  (
    | { readonly type: 'shipping_discount'; readonly percentage: Rate }
    | { readonly type: 'shipping_discount'; readonly amount: Money }
  );

export type GoodsEffect = PercentageEffect | FixedAmountEffect | BuyXGetYEffect;
export type ShippingEffect = FreeShippingEffect | ShippingDiscountEffect;
export type PromotionEffect = GoodsEffect | ShippingEffect;

export function isShippingEffect(effect: PromotionEffect): effect is ShippingEffect {
  return effect.type === 'free_shipping' || effect.type === 'shipping_discount';
}
