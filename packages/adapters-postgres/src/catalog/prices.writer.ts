import type { Variant } from '@kastoma/domain/catalog';

import type { Queryable } from '../core/database.ts';
import { priceRowsOf } from './price-rows.ts';

/** Writes what variants cost: one row a variant and currency. */
export class PricesWriter {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  /** In a currency that is left out, a variant is not for sale any more. */
  async replace(variants: readonly Variant[]): Promise<void> {
    const rows = variants.flatMap(priceRowsOf);
    const ids: string[] = variants.map(({ id }) => id);
    await this.#sql`
      delete from catalog.prices price
      where price.variant_id = any(${ids}::uuid[])
        and not exists (
          select
          from unnest(
            ${rows.map((row) => row.variant_id)}::uuid[], ${rows.map((row) => row.currency)}::text[]
          ) as kept (variant_id, currency)
          where kept.variant_id = price.variant_id and kept.currency = price.currency
        )
    `;
    await this.insert(variants);
  }

  async insert(variants: readonly Variant[]): Promise<void> {
    if (variants.length === 0) return;
    await this.#sql`
      insert into catalog.prices ${this.#sql(variants.flatMap(priceRowsOf))}
      on conflict (variant_id, currency) do update
      set
        amount = excluded.amount,
        compare_at_amount = excluded.compare_at_amount,
        minimum_amount = excluded.minimum_amount,
        cost_amount = excluded.cost_amount
    `;
  }
}
