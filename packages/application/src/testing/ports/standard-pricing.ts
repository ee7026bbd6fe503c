import type { Currency } from '@kastoma/domain/core';

import { PricingEngine } from '../../ordering/acl/pricing-engine.ts';
import { flatShippingRates } from '../../pricing/flat-shipping-rates.ts';

/** The prices of a new shop. */
export function standardPricing(currency: string = 'USD'): PricingEngine {
  return new PricingEngine(currency as Currency, flatShippingRates);
}

/** The same shop after it gave up one of its ways of shipping. */
export function pricingWithout(method: string, currency: string = 'USD'): PricingEngine {
  return new PricingEngine(currency as Currency, (of) =>
    flatShippingRates(of).filter((rate) => rate.method !== method),
  );
}
