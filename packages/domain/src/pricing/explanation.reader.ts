import { ok } from 'neverthrow';

import {
  kindsBy,
  listOf,
  malformedJson,
  nullOr,
  objectOf,
  oneOf,
  readText,
  readWholeNumber,
  type JsonReader,
} from '../core/json-reader.ts';
import { readInteger, readMoney, readPercentage } from '../core/value-readers.ts';
import type { ExactAmount, ExplanationStep, LineShare } from './explanation.ts';

const readFraction = objectOf<ExactAmount>({ numerator: readInteger, denominator: readInteger });
const readExactAmount: JsonReader<ExactAmount> = (json, path) =>
  readFraction(json, path).andThen((fraction) =>
    fraction.denominator > 0n ? ok(fraction) : malformedJson([...path, 'denominator'], 'malformed'),
  );

const ofStep = {
  exact: readExactAmount,
  amount: readMoney,
  shares: listOf(objectOf<LineShare>({ lineId: readText, amount: readMoney })),
};
const ofPromotion = {
  ...ofStep,
  promotionId: readText,
  name: readText,
  couponCode: nullOr(readText),
};
const ofGoodsDiscount = {
  ...ofPromotion,
  step: oneOf(['line_promotions', 'order_promotions']),
  eligible: readMoney,
  eligibleUnits: readWholeNumber,
  dropped: readMoney,
};
const ofShippingDiscount = { ...ofPromotion, step: oneOf(['shipping']), rate: readMoney };

const readFixedDiscount = objectOf({
  ...ofGoodsDiscount,
  rule: oneOf(['fixed_across', 'fixed_per_unit']),
  fixed: readMoney,
});

const readShippingRate = objectOf({
  ...ofStep,
  step: oneOf(['shipping']),
  rule: oneOf(['flat_rate', 'rate_by_subtotal', 'rate_by_weight', 'free_from']),
  method: readText,
  rate: readMoney,
  freeFrom: nullOr(readMoney),
  goods: readMoney,
  grams: readWholeNumber,
});

const readTax = objectOf({
  ...ofStep,
  step: oneOf(['tax']),
  rule: oneOf(['tax_on_top', 'tax_included', 'tax_relief']),
  taxable: readMoney,
  rates: listOf(objectOf({ ruleId: readText, name: readText, rate: readPercentage })),
  onShipping: readMoney,
});

/** A step of the calculation, at its place in a quote. */
export const readExplanationStep = kindsBy<ExplanationStep, 'rule'>('rule', {
  unit_price_times_quantity: objectOf({
    ...ofStep,
    step: oneOf(['lines']),
    rule: oneOf(['unit_price_times_quantity']),
    lineId: readText,
    unitPrice: readMoney,
    quantity: readWholeNumber,
  }),
  percentage: objectOf({
    ...ofGoodsDiscount,
    rule: oneOf(['percentage']),
    percentage: readPercentage,
  }),
  fixed_across: readFixedDiscount,
  fixed_per_unit: readFixedDiscount,
  buy_x_get_y: objectOf({
    ...ofGoodsDiscount,
    rule: oneOf(['buy_x_get_y']),
    buy: readWholeNumber,
    get: readWholeNumber,
    percentage: readPercentage,
    repeats: readWholeNumber,
  }),
  free_shipping: objectOf({ ...ofShippingDiscount, rule: oneOf(['free_shipping']) }),
  shipping_percentage: objectOf({
    ...ofShippingDiscount,
    rule: oneOf(['shipping_percentage']),
    percentage: readPercentage,
  }),
  shipping_amount: objectOf({
    ...ofShippingDiscount,
    rule: oneOf(['shipping_amount']),
    fixed: readMoney,
  }),
  flat_rate: readShippingRate,
  rate_by_subtotal: readShippingRate,
  rate_by_weight: readShippingRate,
  free_from: readShippingRate,
  tax_on_top: readTax,
  tax_included: readTax,
  tax_relief: readTax,
  goods_plus_shipping_plus_tax: objectOf({
    ...ofStep,
    step: oneOf(['totals']),
    rule: oneOf(['goods_plus_shipping_plus_tax']),
    goods: readMoney,
    shipping: readMoney,
    taxOnTop: readMoney,
  }),
});
