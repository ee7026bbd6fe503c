import type { ResultAsync } from 'neverthrow';

import type { Instant, OrderId, UserId } from '@kastoma/domain/core';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';
import type { CountedUse } from './cart-pricing.port.ts';

/** Whose uses are counted: a customer's by the account, a guest's by the e-mail address. */
export type CountedBuyer = { readonly id: UserId | null; readonly email: string | null };

/** Counts the uses of an order's promotions, in the transaction that places it or calls it off. */
export interface OrderPromotions {
  /**
   * Counts all uses, or none when somebody else took the last one since the cart was priced: then
   * the price is no longer true, and the work is to be done anew.
   */
  redeem(
    orderId: OrderId,
    uses: readonly CountedUse[],
    buyer: CountedBuyer,
    at: Instant,
  ): ResultAsync<void, ConcurrentUpdate>;
  /** Gives the order's uses back, once, but for promotions that keep theirs. */
  giveBack(orderId: OrderId, at: Instant): ResultAsync<void, never>;
}
