import type { ResultAsync } from 'neverthrow';

import type { Instant, OrderId, UserId } from '@kastoma/domain/core';

import type { ConcurrentUpdate } from '../core/unit-of-work.port.ts';
import type { CountedUse } from './cart-pricing.port.ts';

/** Counts the uses of an order's promotions, in the transaction that places it. */
export interface OrderPromotions {
  /**
   * Counts all uses, or none when somebody else took the last one since the cart was priced: then
   * the price is no longer true, and the work is to be done anew.
   */
  redeem(
    orderId: OrderId,
    uses: readonly CountedUse[],
    customerId: UserId,
    at: Instant,
  ): ResultAsync<void, ConcurrentUpdate>;
}
