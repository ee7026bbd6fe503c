import { err, ok, ResultAsync } from 'neverthrow';
import type postgres from 'postgres';

import {
  viewImage,
  type SharedWishlist,
  type WishlistItemView,
  type WishlistQueries,
  type WishlistSummary,
  type WishlistView,
} from '@kastoma/application/catalog';
import type { Page, PageRequest, StoreSettings } from '@kastoma/application/core';
import type { ProductImage, WishlistNotFound } from '@kastoma/domain/catalog';
import type { UserId, WishlistId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { restoreMoney } from '../core/money.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { fromTimestamp } from '../core/timestamp.ts';
import { imageAsJson } from './product-images.writer.ts';

type SummaryRow = {
  id: string;
  name: string;
  is_default: boolean;
  item_count: number;
  share_token: string | null;
  created_at: Date;
  version: number;
};

type ItemRow = {
  id: string;
  added_at: Date;
  product_id: string;
  product_slug: string;
  product_name: string;
  variant: WishlistItemView['variant'];
  amount: bigint | null;
  is_available: boolean;
  primary_image: ProductImage | null;
};

/** Wishlists with what the things on them cost today, and whether inventory has any. */
export class PostgresWishlistQueries implements WishlistQueries {
  readonly #sql: Queryable;
  readonly #settings: StoreSettings;

  constructor(sql: Queryable, settings: StoreSettings) {
    this.#sql = sql;
    this.#settings = settings;
  }

  async list(customerId: UserId, page: PageRequest): Promise<Page<WishlistSummary>> {
    const sql = this.#sql;
    const own = sql`from catalog.wishlists list where list.customer_id = ${customerId}`;
    const [rows, counted] = await Promise.all([
      sql<SummaryRow[]>`
        select ${summaryColumns(sql)}
        ${own}
        order by list.created_at, list.id
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `,
      countUpTo(sql, own),
    ]);
    return pageOf(rows.map(toSummary), counted);
  }

  find(customerId: UserId, id: WishlistId): ResultAsync<WishlistView, WishlistNotFound> {
    return this.#findWhere(this.#sql`list.id = ${id} and list.customer_id = ${customerId}`);
  }

  findShared(token: string): ResultAsync<SharedWishlist, WishlistNotFound> {
    return this.#findWhere(this.#sql`list.share_token = ${token}`).map(
      ({ name, itemCount, items }) => ({ name, itemCount, items }),
    );
  }

  #findWhere(condition: postgres.Fragment): ResultAsync<WishlistView, WishlistNotFound> {
    return ResultAsync.fromSafePromise(this.#read(condition)).andThen((list) =>
      list === null ? err({ code: 'catalog.wishlist_not_found' as const }) : ok(list),
    );
  }

  async #read(condition: postgres.Fragment): Promise<WishlistView | null> {
    const sql = this.#sql;
    const [row] = await sql<SummaryRow[]>`
      select ${summaryColumns(sql)} from catalog.wishlists list where ${condition}
    `;
    if (row === undefined) return null;
    return { ...toSummary(row), items: await this.#itemsOf(row.id) };
  }

  async #itemsOf(wishlistId: string): Promise<readonly WishlistItemView[]> {
    const sql = this.#sql;
    const rows = await sql<ItemRow[]>`
      select
        item.id, item.added_at, product.id as product_id, product.slug as product_slug,
        product.name as product_name,
        case when wanted.id is not null then
          json_build_object('id', wanted.id, 'sku', wanted.sku, 'name', wanted.name)
        end as variant,
        offer.amount,
        coalesce(offer.is_available, false) as is_available,
        (
          select ${imageAsJson(sql)}
          from catalog.product_images image
          where image.product_id = product.id
          order by image.position
          limit 1
        ) as primary_image
      from catalog.wishlist_items item
      join catalog.products product on product.id = item.product_id
      left join catalog.variants wanted on wanted.id = item.variant_id
      left join lateral (
        select min(price.amount) as amount, bool_or(stock.in_stock) as is_available
        from catalog.variants variant
        join catalog.prices price
          on price.variant_id = variant.id and price.currency = ${this.#settings.currency}
        left join inventory.availability stock on stock.variant_id = variant.id
        where variant.product_id = product.id
          and (item.variant_id is null or variant.id = item.variant_id)
          and variant.deleted_at is null
          and product.status = 'published'
          and product.deleted_at is null
      ) offer on true
      where item.wishlist_id = ${wishlistId}
      order by item.added_at desc, item.id desc
    `;
    return rows.map((row) => this.#toItem(row));
  }

  #toItem(row: ItemRow): WishlistItemView {
    const { currency, mediaUrl } = this.#settings;
    const { amount, primary_image: image } = row;
    return {
      id: row.id,
      product: { id: row.product_id, slug: row.product_slug, name: row.product_name },
      variant: row.variant,
      price: amount === null ? null : restoreMoney(amount, currency),
      isAvailable: row.is_available,
      primaryImage: image === null ? null : viewImage(image, mediaUrl),
      addedAt: fromTimestamp(row.added_at),
    };
  }
}

function summaryColumns(sql: Queryable) {
  return sql`
    list.id, list.name, list.is_default, list.share_token, list.created_at, list.version,
    (
      select count(*)::integer from catalog.wishlist_items item where item.wishlist_id = list.id
    ) as item_count
  `;
}

function toSummary(row: SummaryRow): WishlistSummary {
  return {
    id: row.id,
    name: row.name,
    isDefault: row.is_default,
    itemCount: row.item_count,
    shareToken: row.share_token,
    createdAt: fromTimestamp(row.created_at),
    version: row.version,
  };
}
