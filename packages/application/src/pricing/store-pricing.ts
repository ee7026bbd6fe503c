import type { Currency, RoundingMode } from '@kastoma/domain/core';
import type { CombiningMode, ShippingMethod, TaxPolicy } from '@kastoma/domain/pricing';

import { flatShippingRates } from './flat-shipping-rates.ts';

/** What a shop has decided about its prices, whatever is in the cart. */
export type StorePricing = {
  /** The default first; the same methods in every currency. */
  readonly shippingMethodsIn: (currency: Currency) => readonly ShippingMethod[];
  readonly tax: TaxPolicy;
  readonly combining: CombiningMode;
  readonly rounding: RoundingMode;
};

/** A new shop has four ways of shipping and no tax rules. */
export const NEW_STORE_PRICING: StorePricing = {
  shippingMethodsIn: flatShippingRates,
  tax: { prices: 'exclusive', rounding: 'per_line', rules: [] },
  combining: 'priority',
  rounding: 'half_up',
};
