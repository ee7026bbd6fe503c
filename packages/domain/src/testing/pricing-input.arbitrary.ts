import fc from 'fast-check';

import type { Currency } from '../core/currency.value.ts';
import type { VariantId } from '../core/ids.value.ts';
import { LARGEST_QUANTITY } from '../core/quantity.value.ts';
import type { PricingInput, PricingLine } from '../pricing/pricing-input.ts';
import type { ShippingRate } from '../pricing/shipping-rate.value.ts';
import { anyCurrency } from './currency.arbitrary.ts';
import { anyId } from './identifier.arbitrary.ts';
import { anyInstant } from './instant.arbitrary.ts';
import { anyMoneyIn } from './money.arbitrary.ts';

/** The dearest unit price: times the largest quantity and the longest cart it still fits 64 bits. */
const HIGHEST_PRICE = 10n ** 12n;

export function anyPricingLine(currency: Currency): fc.Arbitrary<PricingLine> {
  return fc.record({
    id: anyId<string>(),
    variantId: anyId<VariantId>(),
    unitPrice: anyPrice(currency),
    quantity: fc.integer({ min: 1, max: LARGEST_QUANTITY }),
  });
}

export function anyShippingRate(currency: Currency): fc.Arbitrary<ShippingRate> {
  return fc.record({
    method: fc.constantFrom('standard', 'express', 'overnight'),
    amount: anyPrice(currency),
    freeFrom: fc.option(anyPrice(currency)),
  });
}

/** A cart that can be priced: ids are unique, amounts are of one currency and not negative. */
export function anyPricingInput(): fc.Arbitrary<PricingInput> {
  return anyCurrency().chain((currency) =>
    fc.record({
      currency: fc.constant(currency),
      at: anyInstant(),
      lines: fc.uniqueArray(anyPricingLine(currency), { selector: ({ id }) => id, maxLength: 12 }),
      shipping: fc.option(anyShippingRate(currency)),
    }),
  );
}

/** Small amounts are as likely as large ones: thresholds are met and missed. */
function anyPrice(currency: Currency) {
  return fc.oneof(
    anyMoneyIn(currency, { min: 0n, max: 100n }),
    anyMoneyIn(currency, { min: 0n, max: HIGHEST_PRICE }),
  );
}
