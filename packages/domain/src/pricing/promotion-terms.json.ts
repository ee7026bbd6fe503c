import type { Result } from 'neverthrow';

import type { MoneyJson } from '../core/money.value.ts';
import type { InvalidPromotion } from './pricing.errors.ts';
import type { PromotionClass } from './promotion-class.ts';
import type { ThresholdBasis } from './promotion-conditions.ts';
import { definePromotionTerms, readPromotionDraft } from './promotion-terms.reader.ts';
import type { PromotionTerms } from './promotion-terms.value.ts';

type PromotionTargetJson = {
  readonly product_ids?: readonly string[];
  readonly category_ids?: readonly string[];
  readonly tags?: readonly string[];
};

type EligibleUnitsJson = {
  readonly target?: PromotionTargetJson;
  readonly maximum_units_per_variant?: number;
};

export type PromotionEffectJson =
  | (EligibleUnitsJson & { readonly type: 'percentage'; readonly percentage: string })
  | (EligibleUnitsJson & {
      readonly type: 'fixed_amount';
      readonly amount: MoneyJson;
      readonly spread: 'across' | 'per_unit';
    })
  | (EligibleUnitsJson & {
      readonly type: 'buy_x_get_y';
      readonly buy: number;
      readonly get: number;
      readonly percentage: string;
    })
  | { readonly type: 'free_shipping'; readonly target?: PromotionTargetJson }
  | {
      readonly type: 'shipping_discount';
      readonly percentage: string;
      readonly target?: PromotionTargetJson;
    }
  | {
      readonly type: 'shipping_discount';
      readonly amount: MoneyJson;
      readonly target?: PromotionTargetJson;
    };

export type PromotionConditionsJson = PromotionTargetJson & {
  readonly minimum_subtotal?: MoneyJson;
  readonly basis?: ThresholdBasis;
  readonly minimum_quantity?: number;
  readonly price_range?: { readonly from?: MoneyJson; readonly to?: MoneyJson };
  readonly customer_groups?: readonly string[];
  readonly first_order?: boolean;
  readonly currency?: string;
  readonly shipping_countries?: readonly string[];
};

export type PromotionLimitsJson = {
  readonly total?: number;
  readonly per_customer?: number;
  readonly maximum_discount?: MoneyJson;
  readonly maximum_repeats?: number;
};

/** Terms as they travel and as they are kept: every field is there, and within the parts what was given. */
export type PromotionTermsJson = {
  readonly id: string;
  readonly name: string;
  readonly class: PromotionClass;
  readonly effects: readonly PromotionEffectJson[];
  readonly conditions: PromotionConditionsJson;
  readonly limits: PromotionLimitsJson;
  readonly starts_at: string | null;
  readonly ends_at: string | null;
  readonly active: boolean;
  readonly priority: number;
  readonly exclusive: boolean;
  readonly combines_with: readonly PromotionClass[];
};

/** Terms in the form in which the HTTP API takes them, with every default written out. */
export function promotionTermsToJson(terms: PromotionTerms): PromotionTermsJson {
  return terms.toJSON() as PromotionTermsJson;
}

/**
 * Reads terms from any value: `id`, `name` and `effects` must be there, the rest has the defaults of a draft.
 * An error's path is in the names of the wire; what does not have the form is `malformed`.
 */
export function parsePromotionTerms(json: unknown): Result<PromotionTerms, InvalidPromotion> {
  return readPromotionDraft(json, [])
    .mapErr(({ path }): InvalidPromotion => {
      return { code: 'pricing.invalid_promotion', path, reason: 'malformed' };
    })
    .andThen(definePromotionTerms);
}
