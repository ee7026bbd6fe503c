import { err, ok, type Result } from 'neverthrow';

import type { Product, ProductState, SlugTaken } from '@kastoma/domain/catalog';
import type { Tag } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { timestampOrNull, toTimestamp } from '../core/timestamp.ts';
import { indexInTheWay } from '../core/unique-write.ts';
import { ProductImagesWriter } from './product-images.writer.ts';

/** Writes a product's own row and its lists; whoever calls it holds the product. */
export class ProductWriter {
  readonly #sql: Queryable;
  readonly #images: ProductImagesWriter;

  constructor(sql: Queryable) {
    this.#sql = sql;
    this.#images = new ProductImagesWriter(sql);
  }

  async insert({ state, version }: Product): Promise<Result<void, SlugTaken>> {
    const inserted = await this.#sql`
      insert into catalog.products (
        id, category_id, name, slug, description, attributes, tags, seo_title, seo_description, options,
        status, published_at, created_at, updated_at, version
      )
      values (
        ${state.id}, ${state.categoryId}, ${state.name}, ${state.slug}, ${state.description},
        ${this.#sql.json(state.attributes)}, ${state.tags as Tag[]}, ${state.seo.title},
        ${state.seo.description}, ${this.#sql.json(state.options)}, ${state.status},
        ${timestampOrNull(state.publishedAt)}, ${toTimestamp(state.createdAt)},
        ${toTimestamp(state.updatedAt)}, ${version}
      )
      on conflict (slug) where deleted_at is null do nothing
      returning id
    `;
    if (inserted.count === 0) return err({ code: 'catalog.slug_taken', slug: state.slug });
    await this.#images.insert(state);
    return ok();
  }

  async update(before: ProductState, product: Product): Promise<Result<void, SlugTaken>> {
    const { state } = product;
    const { slug } = state;
    if (state.deletedAt !== null) await this.#retireSlug(before, state);
    if (before.slug === slug) {
      await this.#updateRow(this.#sql, product);
    } else {
      await this.#retireSlug(before, state);
      const inTheWay = await indexInTheWay(this.#sql, async (sql) => this.#updateRow(sql, product));
      if (inTheWay !== null) return err({ code: 'catalog.slug_taken', slug });
    }
    await this.#updateLists(before, state);
    return ok();
  }

  async #updateRow(sql: Queryable, { state, version }: Product): Promise<void> {
    await sql`
      update catalog.products
      set
        category_id = ${state.categoryId},
        name = ${state.name},
        slug = ${state.slug},
        description = ${state.description},
        attributes = ${sql.json(state.attributes)},
        tags = ${state.tags as Tag[]},
        seo_title = ${state.seo.title},
        seo_description = ${state.seo.description},
        options = ${sql.json(state.options)},
        status = ${state.status},
        published_at = ${timestampOrNull(state.publishedAt)},
        updated_at = ${toTimestamp(state.updatedAt)},
        deleted_at = ${timestampOrNull(state.deletedAt)},
        version = ${version}
      where id = ${state.id}
    `;
  }

  /** Of a deleted product as well: then it leads nowhere, and not back to whoever had it before. */
  async #retireSlug({ id, slug }: ProductState, { updatedAt }: ProductState): Promise<void> {
    await this.#sql`
      insert into catalog.product_slugs (slug, product_id, retired_at)
      values (${slug}, ${id}, ${toTimestamp(updatedAt)})
      on conflict (slug) do update
      set product_id = excluded.product_id, retired_at = excluded.retired_at
    `;
  }

  async #updateLists(before: ProductState, after: ProductState): Promise<void> {
    if (before.images !== after.images) {
      await this.#images.replace(before.images, after);
    }
    if (before.relatedIds !== after.relatedIds) {
      await this.#sql`delete from catalog.related_products where product_id = ${after.id}`;
      await this.#insertRelated(after);
    }
  }

  async #insertRelated({ id, relatedIds }: ProductState): Promise<void> {
    if (relatedIds.length === 0) return;
    const rows = relatedIds.map((relatedId, position) => ({
      product_id: id,
      position,
      related_id: relatedId,
    }));
    await this.#sql`insert into catalog.related_products ${this.#sql(rows)}`;
  }
}
