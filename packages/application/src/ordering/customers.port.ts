import type { UserId } from '@kastoma/domain/core';

/** Those who may shop, as ordering sees them. */
export interface Customers {
  /** Whether there is such an account. A token outlives its account by minutes. */
  exists(customerId: UserId): Promise<boolean>;
  /** The groups of each that is in one. */
  groupsOf(customerIds: readonly UserId[]): Promise<ReadonlyMap<string, readonly string[]>>;
}
