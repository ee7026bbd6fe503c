import type { UserId } from '@kastoma/domain/core';

/** Those who may shop, as ordering sees them. */
export interface Customers {
  /** Whether there is such an account. A token outlives its account by minutes. */
  exists(customerId: UserId): Promise<boolean>;
}
