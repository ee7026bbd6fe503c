import type { Country } from '@kastoma/domain/core';
import type { TaxPolicy } from '@kastoma/domain/pricing';

import { NEW_STORE_PRICING, type StorePricing } from '../../pricing/store-pricing.ts';
import { percent } from './promotion.builder.ts';

/** The prices of a new shop that charges a fifth on all that goes to the United States. */
export function pricesWithTax(prices: TaxPolicy['prices']): StorePricing {
  const rule = {
    id: 'sales tax',
    name: 'Sales tax',
    country: 'US' as Country,
    rate: percent('20'),
  };
  return { ...NEW_STORE_PRICING, tax: { prices, rounding: 'per_line', rules: [rule] } };
}
