import { err, ok, type Result } from 'neverthrow';

import {
  listOf,
  nullOr,
  objectOf,
  oneOf,
  readText,
  readWholeNumber,
  type MalformedJson,
} from '../core/json-reader.ts';
import type { FieldPath } from '../core/text.value.ts';
import { readCurrency, readMoney } from '../core/value-readers.ts';
import { readExplanationStep } from './explanation.reader.ts';
import { readPricingInput } from './pricing-input.reader.ts';
import { PROMOTION_CLASSES } from './promotion-class.ts';
import { findContradiction } from './quote-arithmetic.ts';
import {
  Quote,
  type AppliedPromotion,
  type DiscountShare,
  type QuoteContents,
  type QuoteLine,
  type QuoteShipping,
  type QuoteTotals,
  type TaxShare,
  type UnitRun,
} from './quote.value.ts';
import { readRejection } from './rejection.reader.ts';

/** The amounts of a quote do not add up, or are not of its currency. */
export type MalformedQuote = {
  readonly code: 'pricing.malformed_quote';
  /** The place of the contradiction, in the names of the wire. */
  readonly path: FieldPath;
};

const charge = {
  discount: readMoney,
  discounts: listOf(objectOf<DiscountShare>({ promotionId: readText, amount: readMoney })),
  taxRelief: readMoney,
  tax: readMoney,
  taxes: listOf(objectOf<TaxShare>({ ruleId: readText, amount: readMoney })),
  total: readMoney,
};

const readLine = objectOf<QuoteLine>({
  id: readText,
  productId: readText,
  variantId: readText,
  unitPrice: readMoney,
  quantity: readWholeNumber,
  subtotal: readMoney,
  ...charge,
  units: listOf(objectOf<UnitRun>({ quantity: readWholeNumber, total: readMoney, tax: readMoney })),
});

const readShipping = objectOf<QuoteShipping>({ method: readText, rate: readMoney, ...charge });

const readTotals = objectOf<QuoteTotals>({
  subtotal: readMoney,
  discount: readMoney,
  taxRelief: readMoney,
  shipping: readMoney,
  tax: readMoney,
  total: readMoney,
});

const readAppliedPromotion = objectOf<AppliedPromotion>({
  promotionId: readText,
  name: readText,
  class: oneOf(PROMOTION_CLASSES),
  couponCode: nullOr(readText),
  discount: readMoney,
  shippingDiscount: readMoney,
});

const readQuote = objectOf<QuoteContents>({
  input: readPricingInput,
  currency: readCurrency,
  prices: oneOf(['inclusive', 'exclusive']),
  lines: listOf(readLine),
  shipping: nullOr(readShipping),
  totals: readTotals,
  promotions: listOf(readAppliedPromotion),
  rejected: listOf(readRejection),
  explanation: listOf(readExplanationStep),
});

/**
 * Reads a quote from any value, and refuses one whose amounts contradict each other. It does not price
 * again: whoever does not trust the sender compares with `price` of the quote's own input.
 */
export function parseQuote(json: unknown): Result<Quote, MalformedJson | MalformedQuote> {
  return readQuote(json, []).andThen((contents): Result<Quote, MalformedQuote> => {
    const path = findContradiction(contents);
    return path === null ? ok(Quote.of(contents)) : err({ code: 'pricing.malformed_quote', path });
  });
}
