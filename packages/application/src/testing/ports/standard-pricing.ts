import type { Currency } from '@kastoma/domain/core';

import { PricingEngine } from '../../ordering/acl/pricing-engine.ts';
import { flatShippingRates } from '../../pricing/flat-shipping-rates.ts';

/** The prices of a new shop. */
export function standardPricing(currency: string = 'USD'): PricingEngine {
  return new PricingEngine(currency as Currency, flatShippingRates);
}
