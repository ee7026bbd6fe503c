import type { Currency } from '../core/currency.value.ts';
import type { Money } from '../core/money.value.ts';
import type { PricingError } from './pricing.errors.ts';
import type { QuoteTotals } from './quote.value.ts';
import type { Rejection } from './rejection.ts';

/** With the drafts less without them; below zero where the drafts make it smaller. */
export type Differences = {
  /** Off the goods. */
  readonly discount: Money;
  /** What is paid for shipping. */
  readonly shipping: Money;
  readonly tax: Money;
  readonly total: Money;
};

type Change = { readonly before: Money; readonly after: Money; readonly difference: Money };

/** What one promotion, draft or not, takes off with the drafts and without them. */
export type PromotionChange = {
  readonly promotionId: string;
  readonly name: string;
  readonly change: 'begins' | 'stops' | 'changes';
  /** Off the goods. */
  readonly discount: Change;
  readonly shippingDiscount: Change;
};

export type SimulatedCart =
  | {
      readonly outcome: 'priced';
      readonly currency: Currency;
      /** Whether any amount differs, be it only how a discount is shared among the lines. */
      readonly isChanged: boolean;
      readonly before: QuoteTotals;
      readonly after: QuoteTotals;
      readonly differences: Differences;
      /** Those that begin, stop or change, by promotion id. */
      readonly promotions: readonly PromotionChange[];
      /** Drafts that take nothing off this cart, and why. */
      readonly rejectedDrafts: readonly Rejection[];
    }
  | {
      readonly outcome: 'not_priceable';
      readonly currency: Currency;
      /** As it is, or only with the drafts. */
      readonly when: 'before' | 'after';
      readonly error: PricingError;
    };

export type SimulationSummary = {
  readonly currency: Currency;
  readonly carts: number;
  readonly changed: number;
  /** Summed over the carts that could be priced. */
  readonly differences: Differences;
  /** How many carts could not be priced, by the code of the error. */
  readonly notPriceable: readonly {
    readonly code: PricingError['code'];
    readonly carts: number;
  }[];
};

export type Simulation = {
  /** In the order of the carts that were given. */
  readonly carts: readonly SimulatedCart[];
  /** By currency. */
  readonly summary: readonly SimulationSummary[];
};
