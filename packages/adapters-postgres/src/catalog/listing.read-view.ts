import { ResultAsync } from 'neverthrow';

import type { Listing, ListingBatch, StockNote } from '@kastoma/application/catalog';
import type { ProductId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';

/** What lists are read from. The catalogue's own part the database keeps by itself; for a rebuild the stock is read where it stands. */
export class PostgresListing implements Listing {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  note(stocks: readonly StockNote[]): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#note(stocks));
  }

  rebuild(batch: ListingBatch): ResultAsync<ProductId | null, never> {
    return ResultAsync.fromSafePromise(this.#rebuild(batch));
  }

  async #note(stocks: readonly StockNote[]): Promise<void> {
    if (stocks.length === 0) return;
    const sql = this.#sql;
    const rows = stocks.map((stock) => ({
      variant_id: stock.variantId,
      in_stock: stock.inStock,
      version: stock.version,
    }));
    await sql`
      insert into catalog.variant_stock ${sql(rows)}
      on conflict (variant_id) do update
      set in_stock = excluded.in_stock, version = excluded.version
      where variant_stock.version < excluded.version
    `;
  }

  async #rebuild({ after, limit, categoryId }: ListingBatch): Promise<ProductId | null> {
    const sql = this.#sql;
    const rows = await sql<{ id: ProductId }[]>`
      select id
      from catalog.products
      where true
        ${after === null ? sql`` : sql`and id > ${after}`}
        ${categoryId === undefined ? sql`` : sql`and category_id = ${categoryId}`}
      order by id
      limit ${limit}
    `;
    const ids = rows.map(({ id }) => id as string);
    if (ids.length === 0) return null;
    await this.#readStock(ids);
    await sql`select catalog.refresh_search(${ids}::uuid[])`;
    await sql`select catalog.refresh_listing(${ids}::uuid[])`;
    return rows.at(-1)?.id ?? null;
  }

  async #readStock(productIds: readonly string[]): Promise<void> {
    await this.#sql`
      insert into catalog.variant_stock (variant_id, in_stock, version)
      select stock.variant_id, availability.in_stock, stock.version
      from catalog.variants variant
      join inventory.availability availability on availability.variant_id = variant.id
      join inventory.stock stock
        on stock.variant_id = variant.id
        and stock.location_id = '01900000-0000-7000-8000-00000000d10c'
      where variant.product_id = any(${[...productIds]}::uuid[])
      order by stock.variant_id
      on conflict (variant_id) do update
      set in_stock = excluded.in_stock, version = excluded.version
      where variant_stock.version < excluded.version
    `;
  }
}
