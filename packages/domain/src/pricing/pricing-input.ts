import type { Country } from '../core/country.value.ts';
import type { Currency } from '../core/currency.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { Money } from '../core/money.value.ts';
import type { RoundingMode } from '../core/rounding.ts';
import type { PromotionTerms } from './promotion-terms.value.ts';
import type { ShippingMethod } from './shipping-method.value.ts';
import type { TaxPolicy } from './tax.value.ts';

export type PricingLine = {
  /** Unique within the input; ties are settled by it. */
  readonly id: string;
  readonly productId: string;
  readonly variantId: string;
  readonly unitPrice: Money;
  /** Whole units, at least one. */
  readonly quantity: number;
  /** The product's category and those above it. */
  readonly categoryIds?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  /** `standard` unless told. */
  readonly taxClass?: string | undefined;
  /** Of one unit. */
  readonly weightGrams?: number | undefined;
  /** No promotion brings a unit below it. */
  readonly minimumUnitPrice?: Money | undefined;
};

/** A code that presents a promotion. A promotion that no coupon of the input names is automatic. */
export type PricingCoupon = {
  readonly code: string;
  readonly promotionId: string;
  /** For a code with a limit of its own (single use); left out: the promotion's limits alone count. */
  readonly usesLeft?: number | undefined;
};

/** How often a promotion was used before this quote. */
export type PromotionUses = {
  readonly promotionId: string;
  readonly total: number;
  readonly byCustomer: number;
};

export type CustomerFacts = {
  readonly groups?: readonly string[] | undefined;
  readonly isFirstOrder?: boolean | undefined;
  /** Pays no tax; where prices hold it, it is taken out. */
  readonly taxExempt?: boolean | undefined;
};

export type Destination = {
  readonly country: Country;
  readonly region?: string | undefined;
};

/** Who wins when promotions exclude each other: the higher priority, or the larger discount. */
export const COMBINING_MODES = ['priority', 'best_for_customer'] as const;
export type CombiningMode = (typeof COMBINING_MODES)[number];

/** Everything that a price depends on. The same input gives the same quote, whatever the order of its arrays. */
export type PricingInput = {
  readonly currency: Currency;
  readonly at: Instant;
  readonly lines: readonly PricingLine[];
  readonly promotions?: readonly PromotionTerms[] | undefined;
  readonly coupons?: readonly PricingCoupon[] | undefined;
  /** Codes as the customer wrote them. */
  readonly codes?: readonly string[] | undefined;
  readonly uses?: readonly PromotionUses[] | undefined;
  readonly customer?: CustomerFacts | undefined;
  /** Left out: nobody knows yet; no tax rule and no zone fits. */
  readonly destination?: Destination | undefined;
  readonly tax?: TaxPolicy | undefined;
  /** The chosen way of shipping, or null when nothing is shipped. */
  readonly shipping: ShippingMethod | null;
  /** `priority` unless told. */
  readonly combining?: CombiningMode | undefined;
  /** `half_up` unless told. */
  readonly rounding?: RoundingMode | undefined;
};
