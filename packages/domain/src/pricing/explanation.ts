import type { Money } from '../core/money.value.ts';
import type { Rate } from '../core/rate.value.ts';

/** An amount before it was rounded, in minor units. The denominator is above zero. */
export type ExactAmount = { readonly numerator: bigint; readonly denominator: bigint };

export type LineShare = { readonly lineId: string; readonly amount: Money };

type Step = {
  /** As the rule has it, before rounding, caps and floors. */
  readonly exact: ExactAmount;
  /** What came out. */
  readonly amount: Money;
  /** How it was shared out, by line id; empty where lines have no part in it. */
  readonly shares: readonly LineShare[];
};

type OfPromotion = {
  readonly promotionId: string;
  readonly name: string;
  readonly couponCode: string | null;
};

type GoodsDiscountStep = Step &
  OfPromotion & {
    readonly step: 'line_promotions' | 'order_promotions';
    /** What the units that the effect is for were worth. */
    readonly eligible: Money;
    /** Units of the cart that the eligible amount belongs to. */
    readonly eligibleUnits: number;
    /** What minimum prices cut off and nobody else could take. */
    readonly dropped: Money;
  } & (
    | { readonly rule: 'percentage'; readonly percentage: Rate }
    | { readonly rule: 'fixed_across' | 'fixed_per_unit'; readonly fixed: Money }
    | {
        readonly rule: 'buy_x_get_y';
        readonly buy: number;
        readonly get: number;
        readonly percentage: Rate;
        readonly repeats: number;
      }
  );

type ShippingDiscountStep = Step &
  OfPromotion & {
    readonly step: 'shipping';
    readonly rate: Money;
  } & (
    | { readonly rule: 'free_shipping' }
    | { readonly rule: 'shipping_percentage'; readonly percentage: Rate }
    | { readonly rule: 'shipping_amount'; readonly fixed: Money }
  );

/** One step of the calculation: the rule, what it looked at, what came out and who has which share. */
export type ExplanationStep =
  | (Step & {
      readonly step: 'lines';
      readonly rule: 'unit_price_times_quantity';
      readonly lineId: string;
      readonly unitPrice: Money;
      readonly quantity: number;
    })
  | GoodsDiscountStep
  | (Step & {
      readonly step: 'shipping';
      readonly rule: 'flat_rate' | 'rate_by_subtotal' | 'rate_by_weight' | 'free_from';
      readonly method: string;
      /** The rate before the goods made it free. */
      readonly rate: Money;
      readonly freeFrom: Money | null;
      /** What was compared with thresholds: the goods after all discounts. */
      readonly goods: Money;
      readonly grams: number;
    })
  | ShippingDiscountStep
  | (Step & {
      readonly step: 'tax';
      readonly rule: 'tax_on_top' | 'tax_included' | 'tax_relief';
      /** What is taxed: lines and, it may be, shipping, after discounts. */
      readonly taxable: Money;
      /** The rules that fit, by id. */
      readonly rates: readonly {
        readonly ruleId: string;
        readonly name: string;
        readonly rate: Rate;
      }[];
      /** Part of the amount that is tax on shipping. */
      readonly onShipping: Money;
    })
  | (Step & {
      readonly step: 'totals';
      readonly rule: 'goods_plus_shipping_plus_tax';
      readonly goods: Money;
      readonly shipping: Money;
      /** Tax that comes on top; zero where prices hold it. */
      readonly taxOnTop: Money;
    });
