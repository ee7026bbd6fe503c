import type { UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import type { PersonalTable } from '../core/personal-table.ts';

const wishlistsOf = (sql: Queryable, userId: UserId) =>
  sql`(select id from catalog.wishlists where customer_id = ${userId})`;
const reviewsOf = (sql: Queryable, userId: UserId) =>
  sql`(select id from catalog.reviews where author_id = ${userId})`;

/** What customers say of products, and what they would like to have. */
export const CATALOG_TABLES: readonly PersonalTable[] = [
  {
    table: 'catalog.imports',
    records: 'imports',
    // They are the shop's: all that tells who began one is the id of the account.
    isOf: (sql, userId) => sql`started_by = ${`user:${userId}`}`,
  },
  {
    table: 'catalog.review_votes',
    records: 'review_votes',
    isOf: (sql, userId) => sql`customer_id = ${userId}`,
    // Those for reviews that go, too.
    forget: async (sql, userId) => sql`
      delete from catalog.review_votes
      where customer_id = ${userId} or review_id in (
        select id from catalog.reviews
        where id in ${reviewsOf(sql, userId)} and status <> 'approved'
      )
    `,
  },
  {
    table: 'catalog.reviews',
    records: 'reviews',
    isOf: (sql, userId) => sql`author_id = ${userId}`,
    // The stars of those that count stay, and nobody knows whose they are; what was typed goes.
    forget: async (sql, userId) => {
      await sql`delete from catalog.reviews where author_id = ${userId} and status <> 'approved'`;
      await sql`
        update catalog.reviews
        set author_id = null, title = null, comment = null, version = version + 1
        where author_id = ${userId}
      `;
    },
  },
  {
    table: 'catalog.wishlist_items',
    records: 'wishlist_items',
    isOf: (sql, userId) => sql`wishlist_id in ${wishlistsOf(sql, userId)}`,
    forget: async (sql, userId) => sql`
      delete from catalog.wishlist_items where wishlist_id in ${wishlistsOf(sql, userId)}
    `,
  },
  {
    table: 'catalog.wishlists',
    records: 'wishlists',
    isOf: (sql, userId) => sql`customer_id = ${userId}`,
    forget: async (sql, userId) => sql`delete from catalog.wishlists where customer_id = ${userId}`,
  },
];
