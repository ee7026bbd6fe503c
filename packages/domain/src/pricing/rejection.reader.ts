import {
  kindsBy,
  nullOr,
  objectOf,
  oneOf,
  readText,
  readWholeNumber,
} from '../core/json-reader.ts';
import { readInstant, readMoney } from '../core/value-readers.ts';
import type { Rejection } from './rejection.ts';

function because<const Reason extends string>(reason: Reason) {
  return {
    reason: oneOf([reason]),
    code: oneOf([`coupon.${reason}`, `promotion.${reason}`]),
    promotionId: readText,
    couponCode: nullOr(readText),
  };
}

function ofCode<const Reason extends string>(reason: Reason) {
  return objectOf({
    ...because(reason),
    code: oneOf([`coupon.${reason}`]),
    promotionId: nullOr(readText),
    couponCode: readText,
  });
}

/** Why a rule or a code took nothing off, at its place in a quote. */
export const readRejection = kindsBy<Rejection, 'reason'>('reason', {
  inactive: objectOf(because('inactive')),
  not_started: objectOf({ ...because('not_started'), startsAt: readInstant }),
  expired: objectOf({ ...because('expired'), endsAt: readInstant }),
  limit_reached: objectOf({ ...because('limit_reached'), limit: readWholeNumber }),
  customer_limit_reached: objectOf({
    ...because('customer_limit_reached'),
    limit: readWholeNumber,
  }),
  other_currency: objectOf(because('other_currency')),
  not_for_customer: objectOf(because('not_for_customer')),
  not_first_order: objectOf(because('not_first_order')),
  not_for_destination: objectOf(because('not_for_destination')),
  no_eligible_items: objectOf(because('no_eligible_items')),
  below_minimum: objectOf({
    ...because('below_minimum'),
    minimum: readMoney,
    reached: readMoney,
  }),
  below_minimum_quantity: objectOf({
    ...because('below_minimum_quantity'),
    minimum: readWholeNumber,
    reached: readWholeNumber,
  }),
  nothing_to_discount: objectOf(because('nothing_to_discount')),
  excluded_by: objectOf({ ...because('excluded_by'), winnerId: readText }),
  unknown: ofCode('unknown'),
  used_up: ofCode('used_up'),
  same_promotion: ofCode('same_promotion'),
});
