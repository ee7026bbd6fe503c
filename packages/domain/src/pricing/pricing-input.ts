import type { Currency } from '../core/currency.value.ts';
import type { VariantId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { Money } from '../core/money.value.ts';
import type { ShippingRate } from './shipping-rate.value.ts';

export type PricingLine = {
  /** Unique within the input; ties are settled by it. */
  readonly id: string;
  readonly variantId: VariantId;
  readonly unitPrice: Money;
  /** Whole units, at least one. */
  readonly quantity: number;
};

/** Everything that a price depends on. The same input gives the same quote, whatever the order of its arrays. */
export type PricingInput = {
  readonly currency: Currency;
  readonly at: Instant;
  readonly lines: readonly PricingLine[];
  /** The chosen way of shipping, or null when nothing is shipped. */
  readonly shipping: ShippingRate | null;
};

export type PricingError =
  | { readonly code: 'pricing.duplicate_line'; readonly lineId: string }
  | {
      readonly code: 'pricing.invalid_quantity';
      readonly lineId: string;
      readonly quantity: number;
    }
  | { readonly code: 'pricing.negative_price'; readonly subject: string }
  | {
      readonly code: 'pricing.currency_mismatch';
      readonly subject: string;
      readonly expected: Currency;
    }
  | { readonly code: 'pricing.amount_out_of_bounds'; readonly subject: string };
