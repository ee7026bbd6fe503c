import type { VariantOwners } from '@kastoma/application/catalog';
import type { ProductId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';

export class PostgresVariantOwners implements VariantOwners {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async productOf(variantId: string): Promise<ProductId | null> {
    const [row] = await this.#sql<{ product_id: ProductId }[]>`
      select product_id from catalog.variants where id = ${variantId}
    `;
    return row?.product_id ?? null;
  }
}
