import type { Instant, OrderId } from '@kastoma/domain/core';

/** Orders that wait for money, outside of transactions. */
export interface OverdueOrders {
  /** Pending ones that a provider was to be asked for, and nobody has paid since then; the oldest first. */
  unpaidSince(since: Instant, limit: number): Promise<readonly OrderId[]>;
}
