import type { UserId } from '@kastoma/domain/core';

/** What promotions ask of a customer. */
export type CustomerFacts = {
  readonly groups: readonly string[];
  /** None of the customer's orders stands: there is none, or all are cancelled. */
  readonly isFirstOrder: boolean;
};

/** Those who may shop, as ordering sees them. */
export interface Customers {
  /** Whether there is such an account. A token outlives its account by minutes. */
  exists(customerId: UserId): Promise<boolean>;
  /** Of somebody without an account: in no group. */
  factsOf(customerId: UserId): Promise<CustomerFacts>;
  /** The groups of each that is in one. */
  groupsOf(customerIds: readonly UserId[]): Promise<ReadonlyMap<string, readonly string[]>>;
}
