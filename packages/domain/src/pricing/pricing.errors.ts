import type { Currency } from '../core/currency.value.ts';
import type { FieldPath } from '../core/text.value.ts';

export type InvalidPromotion = {
  readonly code: 'pricing.invalid_promotion';
  readonly path: FieldPath;
  readonly reason:
    | 'malformed_text'
    | 'no_effect'
    | 'too_many'
    | 'empty_target'
    | 'contradictory_window'
    | 'contradictory_range'
    | 'wrong_class'
    | 'not_a_count'
    | 'not_positive'
    | 'too_large'
    | 'other_currency'
    | 'malformed';
};

export type MalformedCouponCode = {
  readonly code: 'pricing.malformed_coupon_code';
  readonly maximumLength: number;
};

/** Why a cart cannot be priced: the input contradicts itself or leaves the bounds of money. */
export type PricingError =
  | {
      readonly code: 'pricing.duplicate_id';
      readonly kind: 'line' | 'promotion' | 'coupon' | 'tax_rule' | 'uses';
      readonly id: string;
    }
  | {
      readonly code: 'pricing.invalid_quantity';
      readonly lineId: string;
      readonly quantity: number;
    }
  | { readonly code: 'pricing.invalid_weight'; readonly lineId: string }
  | { readonly code: 'pricing.invalid_instant' }
  | { readonly code: 'pricing.negative_price'; readonly subject: string }
  | {
      readonly code: 'pricing.currency_mismatch';
      readonly subject: string;
      readonly expected: Currency;
    }
  | { readonly code: 'pricing.amount_out_of_bounds'; readonly subject: string }
  | {
      readonly code: 'pricing.too_many';
      readonly kind:
        | 'lines'
        | 'promotions'
        | 'coupons'
        | 'codes'
        | 'uses'
        | 'tax_rules'
        | 'rates'
        | 'customer_groups'
        | 'lines_by_effects';
      readonly maximum: number;
    }
  | MalformedCouponCode
  /** Something stands among the promotions that nobody has checked. */
  | InvalidPromotion
  /** A coupon presents a promotion that the input does not hold. */
  | {
      readonly code: 'pricing.unknown_promotion';
      readonly couponCode: string;
      readonly promotionId: string;
    }
  | { readonly code: 'pricing.invalid_uses'; readonly promotionId: string }
  | {
      readonly code: 'pricing.invalid_shipping';
      readonly method: string;
      readonly reason:
        | 'no_rates'
        | 'zone_named_twice'
        | 'empty_zone'
        | 'scale_not_from_zero'
        | 'step_named_twice'
        | 'invalid_weight';
    }
  /** The method does not ship to the destination. */
  | { readonly code: 'pricing.no_shipping_rate'; readonly method: string };
