import type { Country } from '../core/country.value.ts';
import type { Currency } from '../core/currency.value.ts';
import type { Money } from '../core/money.value.ts';

/** What a threshold is compared with: what earlier promotions left, or the prices before any discount. */
export const THRESHOLD_BASES = ['running', 'base'] as const;
export type ThresholdBasis = (typeof THRESHOLD_BASES)[number];

/**
 * When a promotion applies: every condition that is given must hold. Of each list of products, categories and tags
 * one line must match, at a unit price in the range. Those lines are the ones that qualify; the minimum
 * subtotal and quantity count them alone, or the whole cart where nothing narrows it.
 */
export type PromotionConditions = {
  /** Inclusive: reaching it is enough. */
  readonly minimumSubtotal?: Money | undefined;
  /** Of the minimum subtotal; `running` unless told. */
  readonly basis?: ThresholdBasis | undefined;
  /** In units. */
  readonly minimumQuantity?: number | undefined;
  readonly productIds?: readonly string[] | undefined;
  readonly categoryIds?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Of unit prices before any discount, both ends included. */
  readonly priceRange?:
    | { readonly from?: Money | undefined; readonly to?: Money | undefined }
    | undefined;
  /** The customer is in one of them. */
  readonly customerGroups?: readonly string[] | undefined;
  /** True: for the customer's first order alone. */
  readonly firstOrder?: boolean | undefined;
  readonly currency?: Currency | undefined;
  readonly shippingCountries?: readonly Country[] | undefined;
};

export type PromotionLimits = {
  /** Uses by everybody together. */
  readonly total?: number | undefined;
  /** Uses by one customer; a guest counts by e-mail address. */
  readonly perCustomer?: number | undefined;
  /** On one order, over all effects. */
  readonly maximumDiscount?: Money | undefined;
  /** How many sets of a buy X get Y are reduced. */
  readonly maximumRepeats?: number | undefined;
};
