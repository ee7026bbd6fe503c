import type { ResultAsync } from 'neverthrow';

import type { CartId, Money } from '@kastoma/domain/core';
import type { PricingInput } from '@kastoma/domain/pricing';

/** What an order froze when it was placed. */
export type ChargedAmounts = {
  /** Off the goods. */
  readonly discount: Money;
  readonly shipping: Money;
  readonly tax: Money;
  readonly total: Money;
};

/** A cart, or an order as if it were placed once more, as the engine reads it. */
export type SimulationSubject = {
  readonly kind: 'cart' | 'order';
  readonly id: string;
  /** What people call the order; null for a cart. */
  readonly number: string | null;
  /** Null for a cart. */
  readonly charged: ChargedAmounts | null;
  readonly input: PricingInput;
};

/** A promotion is to be tried on a cart that is not there. */
export type CartMissing = {
  readonly code: 'pricing.cart_missing';
  readonly path: readonly string[];
};

/** What a draft of a promotion can be tried on. */
export interface SimulationSubjects {
  /** An active cart at today's prices. */
  cart(id: CartId): ResultAsync<SimulationSubject, CartMissing>;
  /**
   * So many orders, the latest first: with the unit prices and quantities that they froze, their codes, and the promotions
   * of the moment in which they were placed. What they used up does not count against them.
   */
  lastOrders(count: number): Promise<readonly SimulationSubject[]>;
}
