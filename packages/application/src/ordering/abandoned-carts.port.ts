import type { Currency, Instant, Money } from '@kastoma/domain/core';

import type { Page, PageRequest } from '../core/page.ts';

/** A cart with something in it that was touched last a while ago, and not ordered. */
export type AbandonedCart = {
  readonly cartId: string;
  /** Null: a guest's. */
  readonly customerId: string | null;
  readonly currency: Currency;
  /** Different things, and units of all of them. */
  readonly lines: number;
  readonly units: number;
  /** At the prices that were seen; lines of which none is known are left out. */
  readonly worth: Money;
  readonly openedAt: Instant;
  readonly leftAt: Instant;
};

/** Carts that were left, as data for those who ask what was not sold. */
export interface AbandonedCarts {
  /** Those that were touched last within a time, from its beginning and before its end; the latest first. */
  list(
    left: { readonly from: Instant; readonly until: Instant },
    page: PageRequest,
  ): Promise<Page<AbandonedCart>>;
}
