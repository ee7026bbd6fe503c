import type { ProductChange, StockChange } from '@kastoma/application/catalog';
import type { Product, Variant } from '@kastoma/domain/catalog';
import type { ProductId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { plainArray } from '../core/plain-array.ts';
import { priceRowsOf, type PriceRow } from './price-rows.ts';

type Placed = {
  readonly productId: ProductId;
  readonly variant: Variant;
  readonly position: number;
};

/** Writes products, variants and prices, each table in one statement; whoever calls it holds the products. */
export class BulkProductsWriter {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  /** A slug or a SKU that somebody else has taken in the meantime is in the way of all. */
  async write(changes: readonly ProductChange[]): Promise<void> {
    const added = changes.filter(({ before }) => before === null).map(({ product }) => product);
    const changed = changes.filter(({ before }) => before !== null);
    await this.#insertProducts(added);
    await this.#updateProducts(changed);
    const placed = added.flatMap(({ state }) =>
      state.variants.map((variant, position) => ({ productId: state.id, variant, position })),
    );
    const fresh = changed.flatMap(newVariantsOf);
    const altered = changed.flatMap(changedVariantsOf);
    await this.#updateVariants(altered);
    await this.#insertVariants(placed);
    await this.#appendVariants(fresh);
    await this.#dropPrices(altered);
    const priced = [...placed, ...fresh].map(({ variant }) => variant);
    await this.#writePrices(priced, 'first_time');
    await this.#writePrices(altered, 'over_others');
  }

  /** What the triggers would have done after each statement. */
  async list(changes: readonly ProductChange[], stock: readonly StockChange[]): Promise<void> {
    const variantIds: string[] = stock.map(({ moved }) => moved.stock.state.variantId);
    const productIds: string[] = changes.map(({ product }) => product.state.id);
    const [listed] = await this.#sql<{ ids: string[] }[]>`
      select array(
        select unnest(${productIds}::uuid[])
        union
        select product_id from catalog.variants where id = any(${variantIds}::uuid[])
      ) as ids
    `;
    // What is listed takes what is filtered by from what is searched.
    const searched: string[] = changes.filter(changesWords).map(({ product }) => product.state.id);
    if (searched.length > 0) await this.#sql`select catalog.refresh_search(${searched}::uuid[])`;
    await this.#sql`select catalog.refresh_listing(${listed?.ids ?? []}::uuid[])`;
  }

  async #insertProducts(products: readonly Product[]): Promise<void> {
    if (products.length === 0) return;
    await this.#sql`
      insert into catalog.products (
        id, category_id, name, slug, description, attributes, tags, seo_title, seo_description, options,
        status, published_at, created_at, updated_at, version
      )
      select
        id, category_id, name, slug, description, attributes, tags, seo_title, seo_description, options,
        status, published_at, created_at, updated_at, version
      from jsonb_to_recordset(${this.#sql.json(products.map(toProductRecord) as never)}) as product (
        id uuid, category_id uuid, name text, slug text, description text, attributes jsonb, tags text[],
        seo_title text, seo_description text, options jsonb, status text, published_at timestamptz,
        created_at timestamptz, updated_at timestamptz, version integer
      )
    `;
  }

  async #updateProducts(changes: readonly ProductChange[]): Promise<void> {
    if (changes.length === 0) return;
    const retired = changes.flatMap(({ before, product }) =>
      before !== null && before.state.slug !== product.state.slug
        ? [{ slug: before.state.slug, id: product.state.id, at: iso(product.state.updatedAt) }]
        : [],
    );
    if (retired.length > 0)
      await this.#sql`
        insert into catalog.product_slugs (slug, product_id, retired_at)
        select slug, id, at
        from jsonb_to_recordset(${this.#sql.json(retired)}) as retired (
          slug text, id uuid, at timestamptz
        )
        on conflict (slug) do update
        set product_id = excluded.product_id, retired_at = excluded.retired_at
      `;
    const records = changes.map(({ product }) => toProductRecord(product));
    await this.#sql`
      update catalog.products product
      set
        category_id = change.category_id, name = change.name, slug = change.slug,
        description = change.description, attributes = change.attributes, tags = change.tags,
        seo_title = change.seo_title, seo_description = change.seo_description,
        options = change.options, status = change.status, published_at = change.published_at,
        updated_at = change.updated_at, version = change.version
      from jsonb_to_recordset(${this.#sql.json(records)}) as change (
        id uuid, category_id uuid, name text, slug text, description text, attributes jsonb, tags text[],
        seo_title text, seo_description text, options jsonb, status text, published_at timestamptz,
        updated_at timestamptz, version integer
      )
      where product.id = change.id
    `;
  }

  /** Lists of values are read in half the time that records take. */
  async #insertVariants(placed: readonly Placed[]): Promise<void> {
    if (placed.length === 0) return;
    const rows = placed.map(toVariantRecord);
    await this.#sql`
      insert into catalog.variants (
        id, product_id, position, sku, name, options, barcode, attributes, weight_grams,
        length_millimetres, width_millimetres, height_millimetres, tax_class
      )
      select *
      from unnest(
        ${plainArray(rows.map((row): string => row.id))}::uuid[],
        ${plainArray(rows.map((row): string => row.product_id))}::uuid[],
        ${plainArray(rows.map((row) => row.position))}::integer[],
        ${rows.map((row): string => row.sku)}::text[],
        ${rows.map((row) => row.name)}::text[],
        ${rows.map((row) => JSON.stringify(row.options))}::text[]::jsonb[],
        ${rows.map((row) => row.barcode)}::text[],
        ${rows.map((row) => JSON.stringify(row.attributes))}::text[]::jsonb[],
        ${plainArray(rows.map((row) => row.weight_grams))}::integer[],
        ${plainArray(rows.map((row) => row.length_millimetres))}::integer[],
        ${plainArray(rows.map((row) => row.width_millimetres))}::integer[],
        ${plainArray(rows.map((row) => row.height_millimetres))}::integer[],
        ${rows.map((row): string => row.tax_class)}::text[]
      )
    `;
  }

  /** Behind those that the product has. */
  async #appendVariants(fresh: readonly Placed[]): Promise<void> {
    if (fresh.length === 0) return;
    const ids: string[] = [...new Set(fresh.map(({ productId }) => productId))];
    const rows = await this.#sql<{ product_id: string; last: number }[]>`
      select product_id, max(position) as last
      from catalog.variants
      where product_id = any(${ids}::uuid[]) and deleted_at is null
      group by product_id
    `;
    const last = new Map(rows.map((row) => [row.product_id, row.last]));
    await this.#insertVariants(
      fresh.map((one) => ({
        ...one,
        position: (last.get(one.productId) ?? -1) + 1 + one.position,
      })),
    );
  }

  /** Two variants of a product may swap their options: first nobody has any. */
  async #updateVariants(variants: readonly Variant[]): Promise<void> {
    if (variants.length === 0) return;
    const ids: string[] = variants.map(({ id }) => id);
    if (variants.some(({ options }) => options.length > 0))
      await this.#sql`
        update catalog.variants set options = '[]' where id = any(${ids}::uuid[]) and options <> '[]'
      `;
    const records = variants.map((variant) =>
      toVariantRecord({ variant, productId: '' as ProductId, position: 0 }),
    );
    await this.#sql`
      update catalog.variants variant
      set
        name = change.name, options = change.options, barcode = change.barcode,
        attributes = change.attributes, weight_grams = change.weight_grams,
        length_millimetres = change.length_millimetres, width_millimetres = change.width_millimetres,
        height_millimetres = change.height_millimetres, tax_class = change.tax_class
      from jsonb_to_recordset(${this.#sql.json(records)}) as change (
        id uuid, name text, options jsonb, barcode text, attributes jsonb, weight_grams integer,
        length_millimetres integer, width_millimetres integer, height_millimetres integer, tax_class text
      )
      where variant.id = change.id
    `;
  }

  /** In a currency that is left out, a variant is not for sale any more. */
  async #dropPrices(variants: readonly Variant[]): Promise<void> {
    if (variants.length === 0) return;
    const ids: string[] = variants.map(({ id }) => id);
    const kept = variants.flatMap(priceRowsOf);
    await this.#sql`
      delete from catalog.prices price
      where price.variant_id = any(${ids}::uuid[])
        and (price.variant_id, price.currency) not in (
          select variant_id, currency
          from unnest(
            ${kept.map((row) => row.variant_id)}::uuid[], ${kept.map((row) => row.currency)}::text[]
          ) as kept (variant_id, currency)
        )
    `;
  }

  async #writePrices(
    variants: readonly Variant[],
    mode: 'first_time' | 'over_others',
  ): Promise<void> {
    if (variants.length === 0) return;
    const rows = variants.flatMap(priceRowsOf);
    const amounts = (of: (row: PriceRow) => bigint | null) => plainArray(rows.map(of));
    await this.#sql`
      insert into catalog.prices as price (
        variant_id, currency, amount, compare_at_amount, minimum_amount, cost_amount
      )
      select *
      from unnest(
        ${plainArray(rows.map((row): string => row.variant_id))}::uuid[],
        ${rows.map((row): string => row.currency)}::text[],
        ${amounts((row) => row.amount)}::bigint[],
        ${amounts((row) => row.compare_at_amount)}::bigint[],
        ${amounts((row) => row.minimum_amount)}::bigint[],
        ${amounts((row) => row.cost_amount)}::bigint[]
      )
      ${mode === 'over_others' ? this.#overOthers() : this.#sql``}
    `;
  }

  #overOthers() {
    return this.#sql`
      on conflict (variant_id, currency) do update
      set
        amount = excluded.amount, compare_at_amount = excluded.compare_at_amount,
        minimum_amount = excluded.minimum_amount, cost_amount = excluded.cost_amount
    `;
  }
}

/** Prices are not searched. */
function changesWords({ before, product }: ProductChange): boolean {
  return before === null || product.pending.some(({ type }) => type !== 'catalog.price_changed');
}

function newVariantsOf({ before, product: { state } }: ProductChange): readonly Placed[] {
  const known = new Set(before?.state.variants.map(({ id }) => id));
  return state.variants
    .filter(({ id }) => !known.has(id))
    .map((variant, position) => ({ productId: state.id, variant, position }));
}

function changedVariantsOf({ before, product }: ProductChange): readonly Variant[] {
  const known = new Map(before?.state.variants.map((variant) => [variant.id, variant]));
  return product.state.variants.filter((variant) => {
    const old = known.get(variant.id);
    return old !== undefined && JSON.stringify(old) !== JSON.stringify(variant);
  });
}

function toProductRecord({ state, version }: Product) {
  return {
    id: state.id,
    category_id: state.categoryId,
    name: state.name,
    slug: state.slug,
    description: state.description,
    attributes: state.attributes,
    tags: state.tags,
    seo_title: state.seo.title,
    seo_description: state.seo.description,
    options: state.options,
    status: state.status,
    published_at: state.publishedAt === null ? null : iso(state.publishedAt),
    created_at: iso(state.createdAt),
    updated_at: iso(state.updatedAt),
    version,
  };
}

function toVariantRecord({ productId, variant, position }: Placed) {
  return {
    id: variant.id,
    product_id: productId,
    position,
    sku: variant.sku,
    name: variant.name,
    options: variant.options,
    barcode: variant.barcode,
    attributes: variant.attributes,
    weight_grams: variant.weightGrams,
    length_millimetres: variant.dimensions?.length ?? null,
    width_millimetres: variant.dimensions?.width ?? null,
    height_millimetres: variant.dimensions?.height ?? null,
    tax_class: variant.taxClass,
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
