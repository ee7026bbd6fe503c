import type { ProductId, UserId } from '@kastoma/domain/core';

/** What customers have ordered, as far as reviews ask. */
export interface Purchases {
  /** Whether an order of the customer that was not cancelled holds the product, in any variant. */
  holds(customerId: UserId, productId: ProductId): Promise<boolean>;
}
