import type postgres from 'postgres';

import type { Offer, Offers } from '@kastoma/application/ordering';
import type { CategoryId, Currency, ProductId, VariantId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import type { LastWrites } from '../core/last-writes.ts';
import { restoreMoney } from '../core/money.ts';

type OfferRow = {
  product_id: ProductId;
  variant_id: VariantId;
  sku: string;
  name: string;
  amount: bigint;
  published: boolean;
  available: number;
  category_ids: readonly CategoryId[];
  tags: readonly string[];
  tax_class: string;
  weight_grams: number | null;
  minimum_amount: bigint | null;
};

/** The catalogue and the stock as ordering sees them. */
export class PostgresOffers implements Offers {
  readonly #sql: Queryable;
  readonly #last: LastWrites | null;

  /** With `last`, what the same work reserves is taken into account. */
  constructor(sql: Queryable, last: LastWrites | null = null) {
    this.#sql = sql;
    this.#last = last;
  }

  async ofVariants(
    variantIds: readonly VariantId[],
    currency: Currency,
  ): Promise<readonly Offer[]> {
    if (variantIds.length === 0) return [];
    return this.#select(
      currency,
      this.#sql`variant.id = any(${variantIds as VariantId[]}::uuid[])`,
    );
  }

  async ofProduct(productId: ProductId, currency: Currency): Promise<readonly Offer[]> {
    return this.#select(currency, this.#sql`variant.product_id = ${productId}`);
  }

  async #select(currency: Currency, condition: postgres.Fragment): Promise<readonly Offer[]> {
    await this.#last?.sendBefore('stock_changed');
    const rows = await this.#sql<OfferRow[]>`
      select
        variant.product_id,
        variant.id as variant_id,
        variant.sku,
        case when variant.name is null then product.name else product.name || ' – ' || variant.name end as name,
        price.amount,
        (product.status = 'published' and product.deleted_at is null and variant.deleted_at is null) as published,
        coalesce(stock.orderable, 0) as available,
        array(
          select above.id
          from unnest(category.path) with ordinality as above (id, depth)
          order by above.depth desc
        ) as category_ids,
        product.tags,
        variant.tax_class,
        variant.weight_grams,
        price.minimum_amount
      from catalog.variants variant
      join catalog.products product on product.id = variant.product_id
      join catalog.prices price on price.variant_id = variant.id and price.currency = ${currency}
      left join catalog.categories category on category.id = product.category_id and category.deleted_at is null
      left join inventory.availability stock on stock.variant_id = variant.id
      where ${condition}
      order by variant.position
    `;
    return rows.map((row) => ({
      productId: row.product_id,
      variantId: row.variant_id,
      sku: row.sku,
      name: row.name,
      unitPrice: restoreMoney(row.amount, currency),
      published: row.published,
      availableUnits: row.available,
      categoryIds: row.category_ids,
      tags: row.tags,
      taxClass: row.tax_class,
      weightGrams: row.weight_grams,
      minimumUnitPrice:
        row.minimum_amount === null ? null : restoreMoney(row.minimum_amount, currency),
    }));
  }
}
