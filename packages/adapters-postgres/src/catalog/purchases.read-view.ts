import type { Purchases } from '@kastoma/application/catalog';
import type { ProductId, UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';

/** The orders of ordering, as far as reviews ask. */
export class PostgresPurchases implements Purchases {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async holds(customerId: UserId, productId: ProductId): Promise<boolean> {
    const found = await this.#sql`
      select from ordering.orders placed
      join ordering.order_items item on item.order_id = placed.id
      where placed.customer_id = ${customerId}
        and placed.status <> 'cancelled'
        and item.product_id = ${productId}
      limit 1
    `;
    return found.count > 0;
  }
}
