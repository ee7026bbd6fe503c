import { err, ok, ResultAsync, type Result } from 'neverthrow';

import {
  searchWords,
  type CategoryReference,
  type ProductFilter,
  type ProductListing,
  type ProductOrdering,
  type ProductQueries,
  type ProductView,
  type VariantView,
} from '@kastoma/application/catalog';
import type { Page, PageRequest, StoreSettings } from '@kastoma/application/core';
import type {
  Attributes,
  ProductImage,
  ProductNotFound,
  ProductStatus,
} from '@kastoma/domain/catalog';
import { isUuid, type Currency, type Money } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { restoreMoney } from '../core/money.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { containing } from '../core/search-pattern.ts';
import { fromTimestamp } from '../core/timestamp.ts';

type ListingRow = {
  id: string;
  slug: string;
  name: string;
  status: ProductStatus;
  amount: bigint;
  compare_at_amount: bigint | null;
  sku: string;
  category: CategoryReference | null;
  tags: readonly string[];
  in_stock: boolean;
  primary_image: ProductImage | null;
};

type ProductRow = ListingRow & {
  description: string;
  attributes: Attributes;
  images: readonly ProductImage[];
  version: number;
  created_at: Date;
  updated_at: Date;
};

type VariantRow = {
  id: string;
  sku: string;
  name: string | null;
  amount: bigint;
  compare_at_amount: bigint | null;
  minimum_amount: bigint | null;
  in_stock: boolean;
  attributes: Attributes;
  weight_grams: number | null;
  tax_class: string;
};

/** Products as shoppers and staff see them: the catalogue, its prices in the store's currency, and whether there is stock. */
export class PostgresProductQueries implements ProductQueries {
  readonly #sql: Queryable;
  readonly #currency: Currency;

  constructor(sql: Queryable, settings: StoreSettings) {
    this.#sql = sql;
    this.#currency = settings.currency;
  }

  async list(filter: ProductFilter, page: PageRequest): Promise<Page<ProductListing>> {
    const matching = this.#matching(filter);
    const [rows, counted] = await Promise.all([
      this.#sql<ListingRow[]>`
        select ${this.#listingColumns()}
        from ${matching}
        order by ${this.#order(filter.ordering)}
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `,
      countUpTo(this.#sql, this.#sql`from ${matching}`),
    ]);
    return pageOf(
      rows.map((row) => this.#toListing(row)),
      counted,
    );
  }

  find(
    idOrSlug: string,
    audience: ProductFilter['audience'],
  ): ResultAsync<ProductView, ProductNotFound> {
    return new ResultAsync(this.#find(idOrSlug, audience));
  }

  async #find(
    idOrSlug: string,
    audience: ProductFilter['audience'],
  ): Promise<Result<ProductView, ProductNotFound>> {
    const sql = this.#sql;
    const [row] = await sql<ProductRow[]>`
      select
        ${this.#listingColumns()},
        product.description,
        product.attributes,
        product.version,
        product.created_at,
        product.updated_at,
        coalesce(
          (
            select json_agg(json_build_object('url', image.url, 'alt', image.alt) order by image.position)
            from catalog.product_images image
            where image.product_id = product.id
          ),
          '[]'
        ) as images
      from ${this.#priced()}
      where ${isUuid(idOrSlug) ? sql`product.id = ${idOrSlug.toLowerCase()}` : sql`product.slug = ${idOrSlug}`}
        and product.deleted_at is null
        ${this.#visible(audience)}
    `;
    if (row === undefined) return err({ code: 'catalog.product_not_found' });
    return ok({
      ...this.#toListing(row),
      description: row.description,
      attributes: row.attributes,
      variants: await this.#variantsOf(row.id, audience),
      images: row.images,
      version: row.version,
      createdAt: fromTimestamp(row.created_at),
      updatedAt: fromTimestamp(row.updated_at),
    });
  }

  async #variantsOf(
    productId: string,
    audience: ProductFilter['audience'],
  ): Promise<readonly VariantView[]> {
    const sql = this.#sql;
    const rows = await sql<VariantRow[]>`
      select
        variant.id, variant.sku, variant.name, variant.attributes, variant.weight_grams, variant.tax_class,
        price.amount, price.compare_at_amount,
        ${audience === 'staff' ? sql`price.minimum_amount` : sql`null::bigint as minimum_amount`},
        coalesce(stock.on_hand - stock.reserved > 0, false) as in_stock
      from catalog.variants variant
      join catalog.prices price on price.variant_id = variant.id and price.currency = ${this.#currency}
      left join inventory.stock stock on stock.variant_id = variant.id
      where variant.product_id = ${productId} and variant.deleted_at is null
      order by variant.position
    `;
    return rows.map((row) => ({
      id: row.id,
      sku: row.sku,
      name: row.name,
      price: restoreMoney(row.amount, this.#currency),
      compareAtPrice: this.#moneyOrNull(row.compare_at_amount),
      minimumPrice: this.#moneyOrNull(row.minimum_amount),
      inStock: row.in_stock,
      attributes: row.attributes,
      weightGrams: row.weight_grams,
      taxClass: row.tax_class,
    }));
  }

  /** Whether there is stock is asked row by row: an `exists` here would first join all stock that there is. */
  #listingColumns() {
    return this.#sql`
      product.id, product.slug, product.name, product.status, product.tags,
      cheapest.amount, cheapest.compare_at_amount, cheapest.sku,
      case when category.id is not null then
        json_build_object('id', category.id, 'slug', category.slug, 'name', category.name)
      end as category,
      coalesce((select true ${this.#units()} limit 1), false) as in_stock,
      (
        select json_build_object('url', image.url, 'alt', image.alt)
        from catalog.product_images image
        where image.product_id = product.id
        order by image.position
        limit 1
      ) as primary_image
    `;
  }

  /** Each product with its cheapest variant's price; one without a price in the store's currency is not sold here. */
  #priced() {
    return this.#sql`
      catalog.products product
      cross join lateral (
        select variant.sku, price.amount, price.compare_at_amount
        from catalog.variants variant
        join catalog.prices price on price.variant_id = variant.id and price.currency = ${this.#currency}
        where variant.product_id = product.id and variant.deleted_at is null
        order by price.amount, variant.position
        limit 1
      ) cheapest
      left join catalog.categories category on category.id = product.category_id and category.deleted_at is null
    `;
  }

  /** Variants of the product of which a unit can be had. */
  #units() {
    return this.#sql`
      from catalog.variants variant
      join inventory.stock stock on stock.variant_id = variant.id
      where variant.product_id = product.id
        and variant.deleted_at is null
        and stock.on_hand - stock.reserved > 0
    `;
  }

  #visible(audience: ProductFilter['audience']) {
    return audience === 'staff' ? this.#sql`` : this.#sql`and product.status = 'published'`;
  }

  #matching(filter: ProductFilter) {
    const sql = this.#sql;
    const { search, category, minimumPrice, maximumPrice, inStock } = filter;
    return sql`
      ${this.#priced()}
      where product.deleted_at is null
        ${this.#visible(filter.audience)}
        ${searchWords(search ?? '').reduce((all, word) => sql`${all} ${this.#contains(word)}`, sql``)}
        ${
          category === null
            ? sql``
            : isUuid(category)
              ? sql`and category.id = ${category.toLowerCase()}`
              : sql`and category.slug = ${category}`
        }
        ${minimumPrice === null ? sql`` : sql`and cheapest.amount >= ${minimumPrice}`}
        ${maximumPrice === null ? sql`` : sql`and cheapest.amount <= ${maximumPrice}`}
        ${inStock === null ? sql`` : sql`and exists (select ${this.#units()}) = ${inStock}`}
    `;
  }

  #contains(word: string) {
    const pattern = containing(word);
    return this.#sql`
      and (
        product.name ilike ${pattern}
        or exists (
          select from catalog.variants variant
          where variant.product_id = product.id
            and variant.deleted_at is null
            and variant.sku ilike ${pattern}
        )
      )
    `;
  }

  /** Ends with the id, so that no product stands on two pages. */
  #order(ordering: ProductOrdering) {
    const sql = this.#sql;
    switch (ordering) {
      case 'name':
        return sql`product.name, product.id`;
      case '-name':
        return sql`product.name desc, product.id`;
      case 'price':
        return sql`cheapest.amount, product.id`;
      case '-price':
        return sql`cheapest.amount desc, product.id`;
      case 'created_at':
        return sql`product.created_at, product.id`;
      case '-created_at':
        return sql`product.created_at desc, product.id desc`;
    }
  }

  #toListing(row: ListingRow): ProductListing {
    return {
      id: row.id,
      slug: row.slug,
      name: row.name,
      status: row.status,
      price: restoreMoney(row.amount, this.#currency),
      compareAtPrice: this.#moneyOrNull(row.compare_at_amount),
      sku: row.sku,
      category: row.category,
      tags: row.tags,
      inStock: row.in_stock,
      primaryImage: row.primary_image,
    };
  }

  #moneyOrNull(amount: bigint | null): Money | null {
    return amount === null ? null : restoreMoney(amount, this.#currency);
  }
}
