/**
 * What a pricing engine may or may not know. A suite that leaves a policy out gets carts without it, and a law
 * that says nothing without it is left out as well.
 */
export const POLICIES = [
  /** Currencies with no, three and four digits; left out: US dollars alone, and no promotion in another currency. */
  'currencies',
  /** Prices up to 10^12 minor units and quantities up to 9,999; left out: up to 100,000 and 20. */
  'large_amounts',
  /** Things that cost nothing. */
  'zero_prices',
  /** Lines that share variant, unit price and tax class are priced as one. */
  'equal_lines',
  /** A variant may have a minimum price. */
  'floors',
  /** Promotions that a code presents. */
  'coupons',
  /** More than one code at once, known or not. */
  'several_codes',
  /** Promotions that need no code. */
  'automatic_promotions',
  /** More than one promotion in a cart. */
  'stacking',
  /** A second percentage works on what the first one left. */
  'percentages_compound',
  /** Promotions with more than one effect. */
  'several_effects',
  'line_promotions',
  'order_promotions',
  'shipping_promotions',
  'percentages',
  'fixed_amounts',
  'fixed_per_unit',
  'buy_x_get_y',
  /** Effects for some of the lines, or for some of their units. */
  'targets',
  /** A minimum subtotal or quantity. */
  'thresholds',
  /** A minimum subtotal that counts what earlier promotions left; left out: prices before any discount count. */
  'running_thresholds',
  /** Conditions on what is in the cart: products, categories, tags, price range. */
  'cart_conditions',
  /** Conditions on the customer and on where the order goes. */
  'customer_conditions',
  'windows',
  /** Promotions that are switched off. */
  'inactive_promotions',
  /** So many uses in all, for each customer, for each code. */
  'limits',
  /** At most so much off. */
  'maximum_discount',
  'priorities',
  /** Promotions that shut out the others of their class. */
  'exclusive_promotions',
  /** Promotions that name the classes they combine with. */
  'combining_classes',
  /** Of promotions that exclude each other the larger discount wins. */
  'best_for_customer',
  /** Half to the even neighbour; left out: half away from zero alone. */
  'half_even',
  'tax',
  'tax_inclusive',
  'tax_exclusive',
  /** Tax rounded once for the whole quote. */
  'tax_per_total',
  'tax_exemption',
  'shipping',
  /** Shipping by subtotal, by weight and by zone, and free from an amount on. */
  'shipping_rules',
  /** What did not apply is told in the words of `RejectionReason`; left out: told in any words. */
  'named_reasons',
] as const;
export type Policy = (typeof POLICIES)[number];

export type PolicyChoice = { readonly without?: readonly Policy[] | undefined };

/** The policies to leave out for an engine that knows these alone. */
export function allPoliciesBut(...known: readonly Policy[]): readonly Policy[] {
  return POLICIES.filter((policy) => !known.includes(policy));
}
