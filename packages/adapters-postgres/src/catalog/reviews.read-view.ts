import { err, ok, ResultAsync, type Result } from 'neverthrow';
import type postgres from 'postgres';

import {
  authorName,
  type Audience,
  type ReviewFilter,
  type ReviewOrdering,
  type ReviewQueries,
  type ReviewView,
} from '@kastoma/application/catalog';
import type { Page, PageRequest } from '@kastoma/application/core';
import type { ProductNotFound, ReviewNotFound, ReviewStatus } from '@kastoma/domain/catalog';
import { isUuid, type ReviewId, type UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { fromTimestamp } from '../core/timestamp.ts';
import { visibleTo } from './product-listings.read-view.ts';

type ReviewRow = {
  id: string;
  product_id: string;
  product_slug: string;
  product_name: string;
  first_name: string | null;
  last_name: string | null;
  rating: number;
  title: string | null;
  comment: string | null;
  is_verified_purchase: boolean;
  status: ReviewStatus;
  helpful_count: number;
  created_at: Date;
  updated_at: Date;
  version: number;
};

/** Reviews with what may be known of their authors, which identity knows. */
export class PostgresReviewQueries implements ReviewQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  listOfProduct(
    idOrSlug: string,
    audience: Audience,
    filter: ReviewFilter,
    page: PageRequest,
  ): ResultAsync<Page<ReviewView>, ProductNotFound> {
    return new ResultAsync(this.#listOfProduct(idOrSlug, audience, filter, page));
  }

  async list(filter: ReviewFilter, page: PageRequest): Promise<Page<ReviewView>> {
    return this.#list(this.#matching(filter), filter.ordering, page);
  }

  async listOfAuthor(authorId: UserId, page: PageRequest): Promise<Page<ReviewView>> {
    return this.#list(this.#sql`where review.author_id = ${authorId}`, '-created_at', page);
  }

  find(
    id: ReviewId,
    audience: Audience,
    readerId: UserId | null,
  ): ResultAsync<ReviewView, ReviewNotFound> {
    const sql = this.#sql;
    const isSeen =
      audience === 'staff'
        ? sql``
        : sql`and (review.status = 'approved' and ${visibleTo(sql, audience)} or review.author_id = ${readerId})`;
    return ResultAsync.fromSafePromise(sql<ReviewRow[]>`
      ${reviewsWithAuthors(sql)} where review.id = ${id} ${isSeen}
    `).andThen(([row]) =>
      row === undefined ? err({ code: 'catalog.review_not_found' as const }) : ok(toView(row)),
    );
  }

  async #listOfProduct(
    idOrSlug: string,
    audience: Audience,
    filter: ReviewFilter,
    page: PageRequest,
  ): Promise<Result<Page<ReviewView>, ProductNotFound>> {
    const sql = this.#sql;
    const [product] = await sql<{ id: string }[]>`
      select product.id
      from catalog.products product
      where ${isUuid(idOrSlug) ? sql`product.id = ${idOrSlug.toLowerCase()}` : sql`product.slug = ${idOrSlug}`}
        and ${visibleTo(sql, audience)}
    `;
    if (product === undefined) return err({ code: 'catalog.product_not_found' });
    const condition = sql`
      ${this.#matching(filter)} and review.product_id = ${product.id}
      ${audience === 'staff' ? sql`` : sql`and review.status = 'approved'`}
    `;
    return ok(await this.#list(condition, filter.ordering, page));
  }

  #matching({ status, rating, isVerifiedPurchase }: ReviewFilter) {
    const sql = this.#sql;
    return sql`
      where true
      ${status === null ? sql`` : sql`and review.status = ${status}`}
      ${rating === null ? sql`` : sql`and review.rating = ${rating}`}
      ${isVerifiedPurchase === null ? sql`` : sql`and review.is_verified_purchase = ${isVerifiedPurchase}`}
    `;
  }

  async #list(
    condition: postgres.Fragment,
    ordering: ReviewOrdering,
    page: PageRequest,
  ): Promise<Page<ReviewView>> {
    const sql = this.#sql;
    const [rows, counted] = await Promise.all([
      sql<ReviewRow[]>`
        ${reviewsWithAuthors(sql)}
        ${condition}
        order by ${orderOf(sql, ordering)}
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `,
      countUpTo(sql, sql`from catalog.reviews review ${condition}`),
    ]);
    return pageOf(rows.map(toView), counted);
  }
}

/** Of an account that was erased there is no name. */
function reviewsWithAuthors(sql: Queryable) {
  return sql`
    select
      review.id, review.product_id, product.slug as product_slug, product.name as product_name,
      account.first_name, account.last_name, review.rating, review.title, review.comment,
      review.is_verified_purchase, review.status, review.helpful_count, review.created_at,
      review.updated_at, review.version
    from catalog.reviews review
    join catalog.products product on product.id = review.product_id
    left join identity.users account on account.id = review.author_id and account.deleted_at is null
  `;
}

function orderOf(sql: Queryable, ordering: ReviewOrdering) {
  switch (ordering) {
    case '-created_at':
      return sql`review.created_at desc, review.id desc`;
    case 'created_at':
      return sql`review.created_at, review.id`;
    case '-helpful':
      return sql`review.helpful_count desc, review.created_at desc, review.id desc`;
    case '-rating':
      return sql`review.rating desc, review.created_at desc, review.id desc`;
    case 'rating':
      return sql`review.rating, review.created_at desc, review.id desc`;
  }
}

function toView(row: ReviewRow): ReviewView {
  const { first_name: firstName, last_name: lastName } = row;
  return {
    id: row.id,
    product: { id: row.product_id, slug: row.product_slug, name: row.product_name },
    author: authorName(firstName === null || lastName === null ? null : { firstName, lastName }),
    rating: row.rating,
    title: row.title,
    comment: row.comment,
    isVerifiedPurchase: row.is_verified_purchase,
    status: row.status,
    helpfulCount: row.helpful_count,
    createdAt: fromTimestamp(row.created_at),
    updatedAt: fromTimestamp(row.updated_at),
    version: row.version,
  };
}
