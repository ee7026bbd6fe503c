import type { Rejection } from '@kastoma/domain/pricing';

import { instantInWords } from './pricing-words.ts';

/** What the promotion with this id is called. */
export type NameOf = (promotionId: string) => string;

/** Why a rule or a code took nothing off, as one sentence that a shopper or a merchant understands. */
export function rejectionInWords(rejection: Rejection, nameOf: NameOf): string {
  const subject = subjectOf(rejection, nameOf);
  switch (rejection.reason) {
    case 'unknown':
      return `There is no code ${rejection.couponCode}.`;
    case 'used_up':
      return `${subject} has been used already.`;
    case 'same_promotion':
      return `${subject} gives the same as another code of this cart, which is used instead.`;
    case 'inactive':
      return `${subject} is not active.`;
    case 'not_started':
      return `${subject} is not valid before ${instantInWords(rejection.startsAt)}.`;
    case 'expired':
      return `${subject} was valid until ${instantInWords(rejection.endsAt)}.`;
    case 'limit_reached':
      return `${subject} could be used ${times(rejection.limit)} in all, and has been.`;
    case 'customer_limit_reached':
      return `${subject} can be used ${times(rejection.limit)} by one customer, and you have done so.`;
    case 'other_currency':
      return `${subject} is for another currency than this cart’s.`;
    case 'not_for_customer':
      return `${subject} is for a group of customers that you are not in.`;
    case 'not_first_order':
      return `${subject} is for a customer’s first order.`;
    case 'not_for_destination':
      return `${subject} is not for the place that this cart is shipped to.`;
    case 'no_eligible_items':
      return `${subject} is for other goods than those of this cart.`;
    case 'below_minimum':
      return `${subject} needs goods for ${rejection.minimum.toDecimal()}, this cart has ${rejection.reached.toDecimal()}.`;
    case 'below_minimum_quantity':
      return `${subject} needs ${units(rejection.minimum)}, this cart has ${rejection.reached}.`;
    case 'nothing_to_discount':
      return `${subject} finds nothing in this cart to take off.`;
    case 'excluded_by':
      return `${subject} cannot be combined with “${nameOf(rejection.winnerId)}”, which is used instead.`;
  }
}

function subjectOf({ couponCode, promotionId }: Rejection, nameOf: NameOf): string {
  if (couponCode !== null) return `Code ${couponCode}`;
  return promotionId === null ? 'The code' : `“${nameOf(promotionId)}”`;
}

function times(count: number): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${count} times`;
}

function units(count: number): string {
  return count === 1 ? '1 unit' : `${count} units`;
}
