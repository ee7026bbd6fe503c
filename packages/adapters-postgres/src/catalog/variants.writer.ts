import { ok, type Result } from 'neverthrow';

import {
  refuseTakenSkus,
  type ProductState,
  type SkuTaken,
  type Variant,
} from '@kastoma/domain/catalog';
import type { ProductId, VariantId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { toTimestamp } from '../core/timestamp.ts';
import { indexInTheWay } from '../core/unique-write.ts';
import { PricesWriter } from './prices.writer.ts';

type Placed = { readonly variant: Variant; readonly position: number };

/** Writes the variants of a product, and what they cost; whoever calls it holds the product. */
export class VariantsWriter {
  readonly #sql: Queryable;
  readonly #prices: PricesWriter;

  constructor(sql: Queryable) {
    this.#sql = sql;
    this.#prices = new PricesWriter(sql);
  }

  async insertAll({ id, variants }: ProductState): Promise<Result<void, SkuTaken>> {
    const placed = variants.map((variant, position) => ({ variant, position }));
    const inserted = await this.#insert(id, placed);
    const unique = refuseTakenSkus(variants, (sku) => !inserted.has(sku));
    if (unique.isErr()) return unique;
    await this.#prices.insert(variants);
    return ok();
  }

  async update(before: ProductState, after: ProductState): Promise<Result<void, SkuTaken>> {
    if (after.deletedAt !== null) {
      await this.#remove(before.variants, toTimestamp(after.deletedAt));
      return ok();
    }
    if (before.variants === after.variants) return ok();
    const known = new Map(before.variants.map((variant) => [variant.id, variant]));
    const ids = new Set(after.variants.map(({ id }) => id));
    const changed = after.variants.filter((variant) => {
      const old = known.get(variant.id);
      return old !== undefined && JSON.stringify(old) !== JSON.stringify(variant);
    });
    await this.#remove(
      before.variants.filter(({ id }) => !ids.has(id)),
      toTimestamp(after.updatedAt),
    );
    const taken = await this.#change(changed);
    if (taken.size > 0) return refuseTakenSkus(after.variants, (sku) => taken.has(sku));
    const fresh = (await this.#place(after)).filter(({ variant }) => !known.has(variant.id));
    const inserted = await this.#insert(after.id, fresh);
    const wanted = new Set<string>(fresh.map(({ variant }) => variant.sku));
    const unique = refuseTakenSkus(after.variants, (sku) => wanted.has(sku) && !inserted.has(sku));
    if (unique.isErr()) return unique;
    await this.#prices.replace([...changed, ...fresh.map(({ variant }) => variant)]);
    return ok();
  }

  /** Gives the SKUs that no other product has. */
  async #insert(productId: ProductId, placed: readonly Placed[]): Promise<ReadonlySet<string>> {
    if (placed.length === 0) return new Set();
    const rows = placed.map(({ variant, position }) => ({
      id: variant.id,
      product_id: productId,
      position,
      sku: variant.sku,
      name: variant.name,
      options: this.#sql.json(variant.options),
      barcode: variant.barcode,
      attributes: this.#sql.json(variant.attributes),
      weight_grams: variant.weightGrams,
      length_millimetres: variant.dimensions?.length ?? null,
      width_millimetres: variant.dimensions?.width ?? null,
      height_millimetres: variant.dimensions?.height ?? null,
      tax_class: variant.taxClass,
    }));
    const inserted = await this.#sql<{ sku: string }[]>`
      insert into catalog.variants ${this.#sql(rows)}
      on conflict (sku) where deleted_at is null do nothing
      returning sku
    `;
    return new Set(inserted.map(({ sku }) => sku));
  }

  /** Gives the SKUs of which another product has one. */
  async #change(changed: readonly Variant[]): Promise<ReadonlySet<string>> {
    if (changed.length === 0) return new Set();
    const inTheWay = await indexInTheWay(this.#sql, async (sql) => updateRows(sql, changed));
    if (inTheWay === null) return new Set();
    const skus: string[] = changed.map(({ sku }) => sku);
    const ids: string[] = changed.map(({ id }) => id);
    const rows = await this.#sql<{ sku: string }[]>`
      select sku from catalog.variants
      where sku = any(${skus}) and id <> all(${ids}::uuid[]) and deleted_at is null
    `;
    return new Set(rows.map(({ sku }) => sku));
  }

  /** Who was there keeps its place, unless the order is another one: then all move behind the last place. */
  async #place({ id, variants }: ProductState): Promise<readonly Placed[]> {
    const rows = await this.#sql<{ id: VariantId; position: number }[]>`
      select id, position from catalog.variants where product_id = ${id} and deleted_at is null
    `;
    const positions = new Map(rows.map((row) => [row.id, row.position]));
    const next = 1 + Math.max(-1, ...positions.values());
    const placed = variants.map((variant, index) => ({ variant, position: next + index }));
    const order = variants.map((variant) => positions.get(variant.id) ?? Infinity);
    const isKept = order.every((position, index) => position >= (order[index - 1] ?? 0));
    if (!isKept) await this.#move(placed.filter(({ variant }) => positions.has(variant.id)));
    return placed;
  }

  async #move(placed: readonly Placed[]): Promise<void> {
    await this.#sql`
      update catalog.variants variant
      set position = placed.position
      from unnest(
        ${placed.map(({ variant }) => variant.id)}::uuid[],
        ${placed.map(({ position }) => position)}::integer[]
      ) as placed (id, position)
      where variant.id = placed.id
    `;
  }

  async #remove(variants: readonly Variant[], at: Date): Promise<void> {
    if (variants.length === 0) return;
    const ids: string[] = variants.map(({ id }) => id);
    await this.#sql`
      update catalog.variants set deleted_at = ${at} where id = any(${ids}::uuid[])
    `;
  }
}

/** Two variants may swap their SKUs or options: of several, first nobody has any. */
async function updateRows(sql: Queryable, variants: readonly Variant[]): Promise<void> {
  if (variants.length > 1) {
    const ids: string[] = variants.map(({ id }) => id);
    await sql`
      update catalog.variants set sku = id::text, options = '[]' where id = any(${ids}::uuid[])
    `;
  }
  for (const variant of variants) {
    const { dimensions } = variant;
    await sql`
      update catalog.variants
      set
        sku = ${variant.sku},
        name = ${variant.name},
        options = ${sql.json(variant.options)},
        barcode = ${variant.barcode},
        attributes = ${sql.json(variant.attributes)},
        weight_grams = ${variant.weightGrams},
        length_millimetres = ${dimensions?.length ?? null},
        width_millimetres = ${dimensions?.width ?? null},
        height_millimetres = ${dimensions?.height ?? null},
        tax_class = ${variant.taxClass}
      where id = ${variant.id}
    `;
  }
}
