import {
  kindsBy,
  listOf,
  nullOr,
  objectOf,
  oneOf,
  optional,
  readFlag,
  readText,
  readWholeNumber,
} from '../core/json-reader.ts';
import { ROUNDING_MODES } from '../core/rounding.ts';
import {
  readCountry,
  readCurrency,
  readInstant,
  readMoney,
  readPercentage,
} from '../core/value-readers.ts';
import {
  COMBINING_MODES,
  type CustomerFacts,
  type Destination,
  type PricingCoupon,
  type PricingInput,
  type PricingLine,
  type PromotionUses,
} from './pricing-input.ts';
import { readPromotionTerms } from './promotion-terms.reader.ts';
import type { ShippingCharge, ShippingMethod, ShippingRate } from './shipping-method.value.ts';
import type { TaxPolicy, TaxRule } from './tax.value.ts';

const readTexts = optional(listOf(readText));

const readLine = objectOf<PricingLine>({
  id: readText,
  productId: readText,
  variantId: readText,
  unitPrice: readMoney,
  quantity: readWholeNumber,
  categoryIds: readTexts,
  tags: readTexts,
  taxClass: optional(readText),
  weightGrams: optional(readWholeNumber),
  minimumUnitPrice: optional(readMoney),
});

const readCoupon = objectOf<PricingCoupon>({
  code: readText,
  promotionId: readText,
  usesLeft: optional(readWholeNumber),
});

const readUses = objectOf<PromotionUses>({
  promotionId: readText,
  total: readWholeNumber,
  byCustomer: readWholeNumber,
});

const readCustomer = objectOf<CustomerFacts>({
  groups: readTexts,
  isFirstOrder: optional(readFlag),
  taxExempt: optional(readFlag),
});

const readDestination = objectOf<Destination>({
  country: readCountry,
  region: optional(readText),
});

const readTaxRule = objectOf<TaxRule>({
  id: readText,
  name: optional(readText),
  country: readCountry,
  region: optional(readText),
  taxClass: optional(readText),
  rate: readPercentage,
});

const readTaxPolicy = objectOf<TaxPolicy>({
  prices: oneOf(['inclusive', 'exclusive']),
  rounding: oneOf(['per_line', 'per_total']),
  rules: listOf(readTaxRule),
});

const readCharge = kindsBy<ShippingCharge, 'type'>('type', {
  flat: objectOf({ type: oneOf(['flat']), amount: readMoney }),
  by_subtotal: objectOf({
    type: oneOf(['by_subtotal']),
    steps: listOf(objectOf({ from: readMoney, amount: readMoney })),
  }),
  by_weight: objectOf({
    type: oneOf(['by_weight']),
    steps: listOf(objectOf({ fromGrams: readWholeNumber, amount: readMoney })),
  }),
});

const readShippingRate = objectOf<ShippingRate>({
  zone: readTexts,
  charge: readCharge,
  freeFrom: optional(readMoney),
});

const readShippingMethod = objectOf<ShippingMethod>({
  method: readText,
  rates: listOf(readShippingRate),
  taxClass: optional(readText),
});

/** What a price depends on, at its place in something larger. */
export const readPricingInput = objectOf<PricingInput>({
  currency: readCurrency,
  at: readInstant,
  lines: listOf(readLine),
  promotions: optional(listOf(readPromotionTerms)),
  coupons: optional(listOf(readCoupon)),
  codes: readTexts,
  uses: optional(listOf(readUses)),
  customer: optional(readCustomer),
  destination: optional(readDestination),
  tax: optional(readTaxPolicy),
  shipping: nullOr(readShippingMethod),
  combining: optional(oneOf(COMBINING_MODES)),
  rounding: optional(oneOf(ROUNDING_MODES)),
});
