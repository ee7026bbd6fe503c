import type { Instant, Money, RefundId } from '@kastoma/domain/core';
import type { OperationKind } from '@kastoma/domain/payments';

import type { Page, PageRequest } from '../core/page.ts';

/** Something that a provider has refused, or never answered, and that nobody tries any more. */
export type StuckOperation = {
  readonly id: string;
  readonly paymentId: string;
  readonly orderId: string;
  readonly method: string;
  readonly kind: OperationKind;
  readonly amount: Money;
  readonly outcome: 'open' | 'declined';
  /** Why, as a code: what the provider said, or how asking it failed. */
  readonly reason: string | null;
  readonly refundId: RefundId | null;
  readonly requestedAt: Instant;
};

export interface StuckOperations {
  /**
   * Open ones that were asked for too often; refused refunds whose money is still owed, unless it goes back as that of an
   * abandoned payment; and the last refusal of what such a payment was to give back. The oldest first.
   */
  list(page: PageRequest): Promise<Page<StuckOperation>>;
}
