import type fc from 'fast-check';

import type { Currency } from '../core/currency.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { ShippingMethod } from '../pricing/shipping-method.value.ts';
import { otherThan } from './currency.arbitrary.ts';
import { anyFittedShipping } from './fitted-shipping.ts';
import type { PolicyChoice } from './policy.ts';

/** A way of shipping to anywhere: flat, by subtotal, by weight, by zone, and free from an amount on. */
export function anyShippingMethod({
  currency,
  without = [],
}: { readonly currency: Currency } & PolicyChoice): fc.Arbitrary<ShippingMethod> {
  const facts = {
    currency,
    otherCurrency: otherThan(currency),
    amounts: [100n, 1_999n, 10_000n],
    at: 0 as Instant,
    units: 5,
  };
  return anyFittedShipping(new Set([...without, 'currencies'])).map((method) => method(facts));
}
