import type { ExportedProduct, ExportFilter, ProductExport } from '@kastoma/application/catalog';
import { Product } from '@kastoma/domain/catalog';
import type { Currency, VariantId } from '@kastoma/domain/core';
import { DEFAULT_LOCATION_ID } from '@kastoma/domain/inventory';

import type { Database, Queryable } from '../core/database.ts';
import { namedBy } from './category-name.ts';
import { imagesOfProduct, relatedOfProduct, variantsOfProduct } from './product-fragments.ts';
import {
  toProductState,
  type BelongingsRow,
  type ProductRow,
  type VariantRow,
} from './product-rows.ts';

type ExportRow = ProductRow &
  Omit<BelongingsRow, 'variants'> & {
    category_slug: string | null;
    variants: readonly (VariantRow & { readonly on_hand: number | null })[];
  };

const PRODUCTS_AT_ONCE = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Reads products by their ids in one transaction that sees what stood when it began. Each part is read when the one
 * before it was taken; who takes none for a minute loses the connection, which the database then ends.
 */
export class PostgresProductExport implements ProductExport {
  readonly #database: Database;
  readonly #storeCurrency: Currency;

  constructor(database: Database, storeCurrency: Currency) {
    this.#database = database;
    this.#storeCurrency = storeCurrency;
  }

  async *read(filter: ExportFilter): AsyncGenerator<readonly ExportedProduct[]> {
    const connection = await this.#database.reserve();
    try {
      await connection`begin isolation level repeatable read read only`;
      let after = FIRST_ID;
      for (;;) {
        const rows = await readRows(connection, filter, after);
        const last = rows.at(-1);
        if (last === undefined) break;
        after = last.id;
        yield rows.map((row) => this.#toExported(row));
      }
      await connection`commit`;
    } finally {
      await connection`rollback`.catch(() => undefined);
      connection.release();
    }
  }

  #toExported(row: ExportRow): ExportedProduct {
    const state = toProductState(row, row, this.#storeCurrency);
    const counted = row.variants.flatMap(({ id, on_hand: onHand }): [VariantId, number][] =>
      onHand === null ? [] : [[id, onHand]],
    );
    return {
      product: Product.restore(state, row.version),
      categorySlug: row.category_slug,
      onHand: new Map(counted),
    };
  }
}

function readRows(sql: Queryable, filter: ExportFilter, after: string) {
  return sql<ExportRow[]>`
    select
      product.id, product.category_id, product.name, product.slug, product.description,
      product.attributes, product.tags, product.seo_title, product.seo_description, product.options,
      product.status, product.published_at, product.created_at, product.updated_at,
      product.deleted_at, product.version, category.slug as category_slug,
      ${variantsOfProduct(sql, {
        columns: sql`'on_hand', case when stock.tracking <> 'not_tracked' then stock.on_hand end,`,
        joined: sql`
          left join inventory.stock stock
            on stock.variant_id = variant.id and stock.location_id = ${DEFAULT_LOCATION_ID}
        `,
      })} as variants,
      ${imagesOfProduct(sql)} as images,
      ${relatedOfProduct(sql)} as related_ids
    from catalog.products product
    left join catalog.categories category on category.id = product.category_id
    where product.id > ${after} and product.deleted_at is null
    ${narrowed(sql, filter)}
    order by product.id
    limit ${PRODUCTS_AT_ONCE}
  `;
}

function narrowed(sql: Queryable, filter: ExportFilter) {
  const { status, category, categoryTree = null, inStock = null, tags = [] } = filter;
  return sql`
    ${status === null ? sql`` : sql`and product.status = ${status}`}
    ${category === null ? sql`` : sql`and product.category_id = (${categoryNamed(sql, category)})`}
    ${
      categoryTree === null
        ? sql``
        : sql`
          and product.category_id in (
            select id
            from catalog.categories
            where path @> array[(${categoryNamed(sql, categoryTree)})]
          )
        `
    }
    ${tags.length === 0 ? sql`` : sql`and product.tags && ${[...tags]}::text[]`}
    ${inStock === null ? sql`` : sql`and ${inStock} = exists (${stockedVariants(sql)})`}
  `;
}

function categoryNamed(sql: Queryable, name: string) {
  return sql`select id from catalog.categories where ${namedBy(sql, name)} and deleted_at is null`;
}

function stockedVariants(sql: Queryable) {
  return sql`
    select
    from catalog.variants variant
    join inventory.availability stock on stock.variant_id = variant.id
    where variant.product_id = product.id and variant.deleted_at is null and stock.in_stock
  `;
}
