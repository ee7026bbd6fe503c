import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type {
  Audience,
  ListingExtras,
  ProductFeed,
  ProductFilter,
  ProductListing,
  ProductPage,
  ProductPlace,
  ProductQueries,
  ProductView,
} from '@kastoma/application/catalog';
import type { FeedRequest, Page, PageRequest, StoreSettings } from '@kastoma/application/core';
import type { ProductMoved, ProductNotFound } from '@kastoma/domain/catalog';
import { isUuid, type Currency, type ProductId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import {
  productViewColumns,
  toProductView,
  type ProductViewRow,
} from './product-detail.read-view.ts';
import { PostgresProductList } from './product-list.postgres-queries.ts';
import {
  listingColumns,
  pricedProducts,
  toListing,
  visibleTo,
  type ListingRow,
} from './product-listings.read-view.ts';

type Missing = ProductNotFound | ProductMoved;

/** Products as shoppers and staff see them: the catalogue, its prices in one currency, and whether there is stock. */
export class PostgresProductQueries implements ProductQueries {
  readonly #sql: Queryable;
  readonly #currency: Currency;
  readonly #mediaUrl: string | undefined;
  readonly #list: PostgresProductList;

  constructor(sql: Queryable, settings: StoreSettings) {
    this.#sql = sql;
    this.#currency = settings.currency;
    this.#mediaUrl = settings.mediaUrl;
    this.#list = new PostgresProductList(sql, settings);
  }

  async list(
    filter: ProductFilter,
    page: PageRequest,
    extras: ListingExtras = {},
  ): Promise<ProductPage> {
    return this.#list.list(filter, page, extras);
  }

  async feed(
    filter: ProductFilter,
    request: FeedRequest<ProductPlace>,
    extras: ListingExtras = {},
  ): Promise<ProductFeed> {
    return this.#list.feed(filter, request, extras);
  }

  find(
    idOrSlug: string,
    audience: Audience,
    currency: Currency = this.#currency,
  ): ResultAsync<ProductView, Missing> {
    return new ResultAsync(this.#find(idOrSlug, audience, currency));
  }

  async related(
    productId: ProductId,
    audience: Audience,
    page: PageRequest,
    currency: Currency = this.#currency,
  ): Promise<Page<ProductListing>> {
    const from = this.#relatedTo(productId, audience, currency);
    const [rows, counted] = await Promise.all([
      this.#sql<ListingRow[]>`
        select ${listingColumns(this.#sql)}
        ${from}
        order by related.position
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `,
      countUpTo(this.#sql, this.#sql`${from}`),
    ]);
    return pageOf(
      rows.map((row) => toListing(row, currency, this.#mediaUrl)),
      counted,
    );
  }

  /** Two statements where it has related products, and one otherwise. */
  async #find(
    idOrSlug: string,
    audience: Audience,
    currency: Currency,
  ): Promise<Result<ProductView, Missing>> {
    const sql = this.#sql;
    const [row] = await sql<ProductViewRow[]>`
      select ${productViewColumns(sql)}
      from catalog.products product
      left join catalog.categories category on category.id = product.category_id and category.deleted_at is null
      where ${isUuid(idOrSlug) ? sql`product.id = ${idOrSlug.toLowerCase()}` : sql`product.slug = ${idOrSlug}`}
        and ${visibleTo(sql, audience)}
    `;
    if (row === undefined) return err(await this.#whereTo(idOrSlug, audience));
    const related =
      row.related_ids.length > 0 ? await this.#relatedListings(row.id, audience, currency) : [];
    return ok(
      toProductView(row, related, {
        audience,
        currency,
        storeCurrency: this.#currency,
        mediaUrl: this.#mediaUrl,
      }),
    );
  }

  async #whereTo(slug: string, audience: Audience): Promise<Missing> {
    const [moved] = await this.#sql<{ slug: string }[]>`
      select product.slug
      from catalog.product_slugs old
      join catalog.products product on product.id = old.product_id
      where old.slug = ${slug} and ${visibleTo(this.#sql, audience)}
    `;
    return moved === undefined
      ? { code: 'catalog.product_not_found' }
      : { code: 'catalog.product_moved', slug: moved.slug };
  }

  async #relatedListings(
    productId: string,
    audience: Audience,
    currency: Currency,
  ): Promise<readonly ProductListing[]> {
    const rows = await this.#sql<ListingRow[]>`
      select ${listingColumns(this.#sql)}
      ${this.#relatedTo(productId, audience, currency)}
      order by related.position
    `;
    return rows.map((row) => toListing(row, currency, this.#mediaUrl));
  }

  #relatedTo(productId: string, audience: Audience, currency: Currency) {
    const sql = this.#sql;
    return sql`
      from ${pricedProducts(sql, currency)}
      join catalog.related_products related on related.related_id = product.id
      where related.product_id = ${productId} and ${visibleTo(sql, audience)}
    `;
  }
}
