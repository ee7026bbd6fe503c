import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type { ProductRepository } from '@kastoma/application/catalog';
import {
  refuseTakenSkus,
  type Product,
  type SkuTaken,
  type SlugTaken,
  type Variant,
} from '@kastoma/domain/catalog';
import type { Tag } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { toTimestamp } from '../core/timestamp.ts';

export class PostgresProductRepository implements ProductRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  add(product: Product): ResultAsync<void, SlugTaken | SkuTaken> {
    return new ResultAsync(this.#insert(product));
  }

  async #insert(product: Product): Promise<Result<void, SlugTaken | SkuTaken>> {
    const { id, slug, variants } = product.state;
    if (!(await this.#insertProduct(product))) return err({ code: 'catalog.slug_taken', slug });
    const fresh = await this.#insertVariants(id, variants);
    const unique = refuseTakenSkus(variants, (sku) => !fresh.has(sku));
    if (unique.isErr()) return err(unique.error);
    await this.#insertPrices(variants);
    await this.#insertImages(product);
    await this.#outbox.record(product.pending);
    return ok();
  }

  async #insertProduct({ state, version }: Product): Promise<boolean> {
    const inserted = await this.#sql`
      insert into catalog.products (
        id, category_id, name, slug, description, attributes, tags, status, created_at, updated_at, version
      )
      values (
        ${state.id}, ${state.categoryId}, ${state.name}, ${state.slug}, ${state.description},
        ${this.#sql.json(state.attributes)}, ${state.tags as Tag[]}, ${state.status},
        ${toTimestamp(state.createdAt)}, ${toTimestamp(state.updatedAt)}, ${version}
      )
      on conflict (slug) where deleted_at is null do nothing
      returning id
    `;
    return inserted.count === 1;
  }

  /** Gives the SKUs that no other product has. */
  async #insertVariants(
    productId: string,
    variants: readonly Variant[],
  ): Promise<ReadonlySet<string>> {
    const rows = variants.map((variant, position) => ({
      id: variant.id,
      product_id: productId,
      position,
      sku: variant.sku,
      name: variant.name,
      attributes: this.#sql.json(variant.attributes),
      weight_grams: variant.weightGrams,
      tax_class: variant.taxClass,
    }));
    const inserted = await this.#sql<{ sku: string }[]>`
      insert into catalog.variants ${this.#sql(rows)}
      on conflict (sku) where deleted_at is null do nothing
      returning sku
    `;
    return new Set(inserted.map(({ sku }) => sku));
  }

  async #insertPrices(variants: readonly Variant[]): Promise<void> {
    const rows = variants.map(({ id, price, compareAtPrice, minimumPrice }) => ({
      variant_id: id,
      currency: price.currency,
      amount: price.minorUnits,
      compare_at_amount: compareAtPrice?.minorUnits ?? null,
      minimum_amount: minimumPrice?.minorUnits ?? null,
    }));
    await this.#sql`insert into catalog.prices ${this.#sql(rows)}`;
  }

  async #insertImages({ state }: Product): Promise<void> {
    if (state.images.length === 0) return;
    const rows = state.images.map(({ url, alt }, position) => ({
      product_id: state.id,
      position,
      url,
      alt,
    }));
    await this.#sql`insert into catalog.product_images ${this.#sql(rows)}`;
  }
}
