import type { Result } from 'neverthrow';

import {
  hasField,
  kindsBy,
  listOf,
  malformedJson,
  nullOr,
  objectOf,
  oneOf,
  optional,
  readFlag,
  readText,
  readWholeNumber,
  type JsonReader,
  type MalformedJson,
} from '../core/json-reader.ts';
import type { Money } from '../core/money.value.ts';
import type { Rate } from '../core/rate.value.ts';
import type { FieldPath } from '../core/text.value.ts';
import {
  readCountry,
  readCurrency,
  readInstant,
  readMoney,
  readPercentage,
} from '../core/value-readers.ts';
import { wireName } from '../core/wire-form.ts';
import type { InvalidPromotion } from './pricing.errors.ts';
import { PROMOTION_CLASSES } from './promotion-class.ts';
import {
  THRESHOLD_BASES,
  type PromotionConditions,
  type PromotionLimits,
} from './promotion-conditions.ts';
import type { PromotionDraft } from './promotion-draft.ts';
import type {
  BuyXGetYEffect,
  FixedAmountEffect,
  FreeShippingEffect,
  PercentageEffect,
  PromotionEffect,
  PromotionTarget,
  ShippingDiscountEffect,
} from './promotion-effect.ts';
import { PromotionTerms } from './promotion-terms.value.ts';

const readIds = optional(listOf(readText));

const lists = { productIds: readIds, categoryIds: readIds, tags: readIds };
const readTarget = optional(objectOf<PromotionTarget>(lists));
const eligibleUnits = {
  target: readTarget,
  maximumUnitsPerVariant: optional(readWholeNumber),
};

const readShippingPercentage = objectOf<ShippingDiscountEffect & { readonly percentage: Rate }>({
  type: oneOf(['shipping_discount']),
  percentage: readPercentage,
  target: readTarget,
});
const readShippingAmount = objectOf<ShippingDiscountEffect & { readonly amount: Money }>({
  type: oneOf(['shipping_discount']),
  amount: readMoney,
  target: readTarget,
});
const readShippingDiscount: JsonReader<ShippingDiscountEffect> = (json, path) =>
  hasField(json, 'amount') ? readShippingAmount(json, path) : readShippingPercentage(json, path);

const readEffect = kindsBy<PromotionEffect, 'type'>('type', {
  percentage: objectOf<PercentageEffect>({
    type: oneOf(['percentage']),
    percentage: readPercentage,
    ...eligibleUnits,
  }),
  fixed_amount: objectOf<FixedAmountEffect>({
    type: oneOf(['fixed_amount']),
    amount: readMoney,
    spread: oneOf(['across', 'per_unit']),
    ...eligibleUnits,
  }),
  buy_x_get_y: objectOf<BuyXGetYEffect>({
    type: oneOf(['buy_x_get_y']),
    buy: readWholeNumber,
    get: readWholeNumber,
    percentage: readPercentage,
    ...eligibleUnits,
  }),
  free_shipping: objectOf<FreeShippingEffect>({
    type: oneOf(['free_shipping']),
    target: readTarget,
  }),
  shipping_discount: readShippingDiscount,
});

const readConditions = objectOf<PromotionConditions>({
  minimumSubtotal: optional(readMoney),
  basis: optional(oneOf(THRESHOLD_BASES)),
  minimumQuantity: optional(readWholeNumber),
  ...lists,
  priceRange: optional(objectOf({ from: optional(readMoney), to: optional(readMoney) })),
  customerGroups: readIds,
  firstOrder: optional(readFlag),
  currency: optional(readCurrency),
  shippingCountries: optional(listOf(readCountry)),
});

const readLimits = objectOf<PromotionLimits>({
  total: optional(readWholeNumber),
  perCustomer: optional(readWholeNumber),
  maximumDiscount: optional(readMoney),
  maximumRepeats: optional(readWholeNumber),
});

/** Terms that nobody has checked yet. */
export const readPromotionDraft = objectOf<PromotionDraft>({
  id: readText,
  name: readText,
  class: optional(oneOf(PROMOTION_CLASSES)),
  effects: listOf(readEffect),
  conditions: optional(readConditions),
  limits: optional(readLimits),
  startsAt: optional(nullOr(readInstant)),
  endsAt: optional(nullOr(readInstant)),
  isActive: optional(readFlag),
  priority: optional(readWholeNumber),
  isExclusive: optional(readFlag),
  combinesWith: optional(listOf(oneOf(PROMOTION_CLASSES))),
});

/** Terms at their place in something larger. */
export function readPromotionTerms(
  json: unknown,
  path: FieldPath,
): Result<PromotionTerms, MalformedJson> {
  return readPromotionDraft(json, path).andThen((draft) =>
    definePromotionTerms(draft).orElse((error) =>
      malformedJson([...path, ...error.path], 'malformed'),
    ),
  );
}

/** Checks them; the path of an error is in the names of the wire. */
export function definePromotionTerms(
  draft: PromotionDraft,
): Result<PromotionTerms, InvalidPromotion> {
  return PromotionTerms.define(draft).mapErr((error) => ({
    ...error,
    path: error.path.map((part) => (typeof part === 'string' ? wireName(part) : part)),
  }));
}
