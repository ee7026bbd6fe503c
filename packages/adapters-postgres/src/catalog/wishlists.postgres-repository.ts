import { err, ok, ResultAsync } from 'neverthrow';

import type { FoundWish, Wish, WishlistRepository } from '@kastoma/application/catalog';
import {
  WishlistBook,
  WishlistItems,
  type UnknownWish,
  type Wishlist,
} from '@kastoma/domain/catalog';
import type {
  ProductId,
  UserId,
  VariantId,
  WishlistId,
  WishlistItemId,
} from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';

type WishlistRow = {
  id: WishlistId;
  name: string;
  is_default: boolean;
  share_token: string | null;
  created_at: Date;
  version: number;
};

type ItemRow = {
  id: WishlistItemId;
  product_id: ProductId;
  variant_id: VariantId | null;
  added_at: Date;
};

export class PostgresWishlistRepository implements WishlistRepository {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  find(customerId: UserId): ResultAsync<WishlistBook, never> {
    return ResultAsync.fromSafePromise(this.#hold(customerId));
  }

  save(book: WishlistBook): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#write(book));
  }

  itemsOf(id: WishlistId): ResultAsync<WishlistItems, never> {
    return ResultAsync.fromSafePromise(this.#sql<ItemRow[]>`
      select id, product_id, variant_id, added_at
      from catalog.wishlist_items
      where wishlist_id = ${id}
      order by added_at, id
    `).map((rows) => WishlistItems.restore(rows.map(toItem)));
  }

  saveItems(id: WishlistId, items: WishlistItems): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#writeItems(id, items));
  }

  locate(wish: Wish): ResultAsync<FoundWish, UnknownWish> {
    return ResultAsync.fromSafePromise(this.#locate(wish)).andThen((found) =>
      found === null
        ? err({
            code: 'catalog.unknown_wish' as const,
            path: [wish.kind === 'variant' ? 'variantId' : 'productId'],
          })
        : ok(found),
    );
  }

  /** An empty book has no row to lock, so its number is. */
  async #hold(customerId: UserId): Promise<WishlistBook> {
    await this.#sql`
      select pg_advisory_xact_lock(hashtextextended(${`wishlists of ${customerId}`}, 0))
    `;
    const rows = await this.#sql<WishlistRow[]>`
      select id, name, is_default, share_token, created_at, version
      from catalog.wishlists
      where customer_id = ${customerId}
      order by created_at, id
    `;
    return WishlistBook.restore(customerId, rows.map(toWishlist));
  }

  /** What is no default any more is written first: the index admits no second one, not even for a moment. */
  async #write({ customerId, lists }: WishlistBook): Promise<void> {
    const ids = lists.map(({ id }) => id);
    const gone = this.#sql`customer_id = ${customerId} and id <> all(${ids}::uuid[])`;
    await this.#sql`
      delete from catalog.wishlist_items
      where wishlist_id in (select id from catalog.wishlists where ${gone})
    `;
    await this.#sql`delete from catalog.wishlists where ${gone}`;
    const chosen = lists.filter(({ isDefault }) => isDefault).map(({ id }) => id);
    await this.#sql`
      update catalog.wishlists set is_default = false
      where customer_id = ${customerId} and is_default and id <> all(${chosen}::uuid[])
    `;
    if (lists.length === 0) return;
    const rows = lists.map((list) => ({
      id: list.id,
      customer_id: customerId,
      name: list.name,
      is_default: list.isDefault,
      share_token: list.shareToken,
      created_at: toTimestamp(list.createdAt),
      version: list.version,
    }));
    await this.#sql`
      insert into catalog.wishlists ${this.#sql(rows)}
      on conflict (id) do update
      set
        name = excluded.name, is_default = excluded.is_default,
        share_token = excluded.share_token, version = excluded.version
      where wishlists.customer_id = excluded.customer_id and wishlists.version <> excluded.version
    `;
  }

  async #writeItems(id: WishlistId, { items }: WishlistItems): Promise<void> {
    const ids = items.map((item) => item.id);
    await this.#sql`
      delete from catalog.wishlist_items where wishlist_id = ${id} and id <> all(${ids}::uuid[])
    `;
    if (items.length === 0) return;
    const rows = items.map((item) => ({
      id: item.id,
      wishlist_id: id,
      product_id: item.productId,
      variant_id: item.variantId,
      added_at: toTimestamp(item.addedAt),
    }));
    await this.#sql`
      insert into catalog.wishlist_items ${this.#sql(rows)} on conflict (id) do nothing
    `;
  }

  async #locate(wish: Wish): Promise<FoundWish | null> {
    const sql = this.#sql;
    const isWanted =
      wish.kind === 'variant'
        ? sql`exists (
            select from catalog.variants variant
            where variant.id = ${wish.variantId}
              and variant.product_id = product.id
              and variant.deleted_at is null
          )`
        : sql`product.id = ${wish.productId}`;
    const [row] = await sql<{ id: ProductId }[]>`
      select product.id
      from catalog.products product
      where ${isWanted} and product.status = 'published' and product.deleted_at is null
    `;
    if (row === undefined) return null;
    return { productId: row.id, variantId: wish.kind === 'variant' ? wish.variantId : null };
  }
}

function toWishlist(row: WishlistRow): Wishlist {
  return {
    id: row.id,
    name: row.name,
    isDefault: row.is_default,
    shareToken: row.share_token,
    createdAt: fromTimestamp(row.created_at),
    version: row.version,
  };
}

function toItem(row: ItemRow) {
  return {
    id: row.id,
    productId: row.product_id,
    variantId: row.variant_id,
    addedAt: fromTimestamp(row.added_at),
  };
}
